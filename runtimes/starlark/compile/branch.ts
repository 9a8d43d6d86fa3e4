/**
 * `if`, `elif`, `else`. The first condition weighs with the statements around it; every further one, and
 * each body, is charged when it is reached.
 */
import type { Expression, IfStatement } from '../syntax/tree.js';
import { PENDING, truth } from '../values/index.js';
import type { Eventual, Value } from '../values/index.js';
import { action, mustWatch, statement } from './code.js';
import type { ExpressionCode, StatementCode } from './code.js';
import type { Compiler } from './compiler.js';
import type { Completion } from './completion.js';
import { overdrawn } from './failure.js';
import type { Frame } from './frame.js';

interface Arm {
  readonly condition: ExpressionCode;
  readonly body: StatementCode;
  readonly at: number;
}

/** A whole chain of `elif` is one statement, however long it is. */
export function ifCode(compiler: Compiler, node: IfStatement): StatementCode {
  const arms: Arm[] = [armOf(compiler, node)];
  let { orElse } = node;
  for (let next = soleIf(orElse); next !== null; next = soleIf(orElse)) {
    arms.push(armOf(compiler, next));
    ({ orElse } = next);
  }
  const last = charged(compiler, compiler.block(orElse), node.at);
  return arms.length === 1 ? single(compiler, arms[0]!, last) : chain(compiler, arms, last);
}

function soleIf(statements: IfStatement['orElse']): IfStatement | null {
  const [first] = statements;
  return statements.length === 1 && first?.kind === 'if' ? first : null;
}

function armOf(compiler: Compiler, node: IfStatement): Arm {
  const condition = compiler.expression(node.condition);
  return { condition, body: charged(compiler, compiler.block(node.body), node.at), at: node.at };
}

/** A body that charges its own weight. */
export function charged(compiler: Compiler, body: StatementCode, at: number): StatementCode {
  const { budget } = compiler;
  const { weight, run, act } = body;
  if (weight === 0) return body;
  if (!mustWatch(body)) {
    return action(0, (frame) => {
      if ((budget.left -= weight) < 0) overdrawn(budget, at);
      act(frame);
    });
  }
  return statement(0, body, (frame) => {
    if ((budget.left -= weight) < 0) overdrawn(budget, at);
    return run(frame);
  });
}

function factsOf(conditions: readonly ExpressionCode[], bodies: readonly StatementCode[]) {
  return {
    suspends: conditions.some((code) => code.suspends) || bodies.some((code) => code.suspends),
    abrupt: bodies.some((code) => code.abrupt),
  };
}

/** The body where the condition holds, else the last. */
export function single(compiler: Compiler, { condition, body }: Arm, last: StatementCode): StatementCode {
  const { machine } = compiler;
  const weight = condition.weight + 1;
  const facts = factsOf([condition], [body, last]);
  const [yes, no] = [body.run, last.run];
  if (condition.suspends) {
    const { run } = condition;
    const choose = (frame: Frame, value: Value): Completion => (truth(value) ? yes(frame) : no(frame));
    return statement(weight, facts, (frame) => {
      const value = run(frame);
      return value === PENDING ? machine.later(choose, frame) : choose(frame, value);
    });
  }
  const test = condition.run;
  return statement(weight, facts, (frame) => {
    const value = test(frame);
    return value === true || (value !== false && truth(value)) ? yes(frame) : no(frame);
  });
}

function chain(compiler: Compiler, arms: readonly Arm[], last: StatementCode): StatementCode {
  const { machine, budget } = compiler;
  const conditions = arms.map((arm) => arm.condition);
  const facts = factsOf(conditions, [...arms.map((arm) => arm.body), last]);
  const from = (frame: Frame, start: number): Completion => {
    for (let i = start; i < arms.length; i++) {
      const { condition, body, at } = arms[i]!;
      if (i > 0 && (budget.left -= condition.weight + 1) < 0) overdrawn(budget, at);
      const value: Eventual = condition.run(frame);
      if (value === PENDING) {
        return machine.later(goOn, frame, i);
      }
      if (truth(value)) return body.run(frame);
    }
    return last.run(frame);
  };
  const goOn = (frame: Frame, i: number, value: Value): Completion =>
    truth(value) ? arms[i]!.body.run(frame) : from(frame, i + 1);
  return statement(conditions[0]!.weight + 1, facts, (frame) => from(frame, 0));
}

/** A condition of a comprehension: the body where it holds. */
export function guardCode(
  compiler: Compiler,
  condition: Expression,
  bodyOf: () => StatementCode,
  at: number,
): StatementCode {
  const arm = { condition: compiler.expression(condition), body: charged(compiler, bodyOf(), at), at };
  return single(
    compiler,
    arm,
    action(0, () => undefined),
  );
}
