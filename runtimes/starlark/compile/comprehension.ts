/**
 * Comprehensions: loops and conditions around one statement that adds to the result. The result waits in
 * a hidden place of the frame.
 */
import { StarlarkError } from '../error.js';
import type { Comprehension, ComprehensionClause } from '../syntax/tree.js';
import {
  COLLECTION_BYTES,
  Dict,
  ITEM_BYTES,
  List,
  PENDING,
  StarlarkSet,
  sequenceBytes,
} from '../values/index.js';
import type { Budget, Eventual, Value } from '../values/index.js';
import { guardCode } from './branch.js';
import { action, statement, suspending } from './code.js';
import type { ExpressionCode, StatementCode } from './code.js';
import type { Compiler } from './compiler.js';
import type { Completion } from './completion.js';
import { allocateAt, located } from './failure.js';
import type { Frame } from './frame.js';
import { loopCode } from './loop.js';

/** The innermost clause holds the addition; each other one holds the next. */
export function comprehensionCode(compiler: Compiler, node: Comprehension): ExpressionCode {
  const { machine, budget } = compiler;
  const place = compiler.hiddenPlace();
  const loops = clausesCode(compiler, node, () => addition(compiler, node, place));
  const { makes } = node;
  const { run } = loops;
  return suspending(loops.weight + 1, (frame): Eventual => {
    allocateAt(budget, makes === 'list' ? EMPTY_LIST_BYTES : COLLECTION_BYTES, node.at);
    const result = makes === 'list' ? new List([]) : makes === 'dict' ? new Dict() : new StarlarkSet();
    frame[place] = result;
    return run(frame) === PENDING ? machine.after(() => result) : result;
  });
}

/** A list that is about to grow has room for a few items. */
const EMPTY_LIST_BYTES = sequenceBytes(8);

/** The loops and conditions, around what is done in the innermost. */
export function clausesCode(
  compiler: Compiler,
  node: Comprehension,
  innermost: () => StatementCode,
  number = 0,
): StatementCode {
  const clause: ComprehensionClause | undefined = node.clauses[number];
  if (clause === undefined) return innermost();
  const rest = (): StatementCode => clausesCode(compiler, node, innermost, number + 1);
  return clause.kind === 'for'
    ? loopCode(compiler, clause, rest)
    : guardCode(compiler, clause.condition, rest, clause.at);
}

function addition(compiler: Compiler, node: Comprehension, place: number): StatementCode {
  const body = compiler.expression(node.body);
  if (node.key !== null)
    return entryAddition(compiler, compiler.expression(node.key), body, place, node.body.at);
  const add =
    node.makes === 'list'
      ? listAdder(compiler.budget, place, node.at)
      : setAdder(compiler.budget, place, node.body.at);
  const weight = body.weight + 1;
  if (!body.suspends) {
    const { run } = body;
    return action(weight, (frame) => void add(frame, run(frame)));
  }
  const { machine } = compiler;
  const { run } = body;
  return statement(weight, { suspends: true, abrupt: false }, (frame) => {
    const value = run(frame);
    return value === PENDING ? machine.later(add, frame) : add(frame, value);
  });
}

function listAdder(budget: Budget, place: number, at: number): (frame: Frame, value: Value) => Completion {
  const most = budget.limits.valueBytes / ITEM_BYTES;
  return (frame, value) => {
    allocateAt(budget, ITEM_BYTES, at);
    const { items } = frame[place] as List;
    if (items.length >= most) throw located(tooLarge(budget), at);
    items.push(value);
    return undefined;
  };
}

function tooLarge(budget: Budget): StarlarkError {
  const most = String(budget.limits.valueBytes);
  return new StarlarkError(
    'limit/memory',
    `make a list: more than the ${most} bytes that one value may have`,
  );
}

function setAdder(budget: Budget, place: number, at: number): (frame: Frame, value: Value) => Completion {
  return (frame, value) => {
    try {
      (frame[place] as StarlarkSet).add(budget, value);
      return undefined;
    } catch (error) {
      throw located(error, at);
    }
  };
}

function entryAddition(
  compiler: Compiler,
  key: ExpressionCode,
  body: ExpressionCode,
  place: number,
  at: number,
): StatementCode {
  const { machine, budget } = compiler;
  const weight = key.weight + body.weight + 1;
  const [first, second] = [key.run, body.run];
  const add = (frame: Frame, name: Value, value: Value): Completion => {
    try {
      (frame[place] as Dict).set(budget, name, value);
      return undefined;
    } catch (error) {
      throw located(error, at);
    }
  };
  const withKey = (frame: Frame, name: Value) => {
    const value = second(frame);
    return value === PENDING ? machine.later(add, frame, name) : add(frame, name, value);
  };
  const suspends = key.suspends || body.suspends;
  return statement(weight, { suspends, abrupt: false }, (frame) => {
    const name = first(frame);
    return name === PENDING ? machine.later(withKey, frame) : withKey(frame, name);
  });
}
