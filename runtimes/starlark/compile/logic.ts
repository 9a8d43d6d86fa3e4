/** `and`, `or`, `not`, and `x if condition else y`. Both sides weigh, taken or not. */
import type { ConditionalExpression, LogicalExpression, UnaryExpression } from '../syntax/tree.js';
import { PENDING, truth } from '../values/index.js';
import type { Eventual, Value } from '../values/index.js';
import { plain, suspending } from './code.js';
import type { ExpressionCode } from './code.js';
import type { Compiler } from './compiler.js';
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';
import { weightOf, withOperand } from './operands.js';

/** A chain of one operator is one node, however long it is. */
export function logicalCode(compiler: Compiler, node: LogicalExpression): ExpressionCode {
  const operands = chainOf(node).map((operand) => compiler.expression(operand));
  const weight = weightOf(operands) + operands.length - 2;
  const runs = operands.map((operand) => operand.run);
  const stopsAt = node.operator === 'or';
  if (operands.some((operand) => operand.suspends)) {
    const from = shortCircuit(compiler.machine, runs, stopsAt);
    return suspending(weight, (frame) => from(frame, 0));
  }
  const [first, second] = runs as ((frame: Frame) => Value)[];
  if (runs.length > 2) return plain(weight, shortCircuitPlain(runs as ((frame: Frame) => Value)[], stopsAt));
  return plain(weight, (frame) => {
    const value = first!(frame);
    return truth(value) === stopsAt ? value : second!(frame);
  });
}

function chainOf(node: LogicalExpression): LogicalExpression['left'][] {
  const operands = [node.right];
  let { left } = node;
  while (left.kind === 'logical' && left.operator === node.operator) {
    operands.push(left.right);
    left = left.left;
  }
  operands.push(left);
  return operands.reverse();
}

function shortCircuitPlain(runs: readonly ((frame: Frame) => Value)[], stopsAt: boolean) {
  const last = runs.length - 1;
  return (frame: Frame): Value => {
    for (let i = 0; i < last; i++) {
      const value = runs[i]!(frame);
      if (truth(value) === stopsAt) return value;
    }
    return runs[last]!(frame);
  };
}

function shortCircuit(machine: Machine, runs: readonly ((frame: Frame) => Eventual)[], stopsAt: boolean) {
  const last = runs.length - 1;
  const from = (frame: Frame, start: number): Eventual => {
    for (let i = start; i < last; i++) {
      const value = runs[i]!(frame);
      if (value === PENDING) return machine.later(goOn, frame, i);
      if (truth(value) === stopsAt) return value;
    }
    return runs[last]!(frame);
  };
  const goOn = (frame: Frame, i: number, value: Value): Eventual =>
    truth(value) === stopsAt ? value : from(frame, i + 1);
  return from;
}

/** The condition first, then one of the two. */
export function conditionalCode(compiler: Compiler, node: ConditionalExpression): ExpressionCode {
  const condition = compiler.expression(node.condition);
  const whenTrue = compiler.expression(node.whenTrue);
  const whenFalse = compiler.expression(node.whenFalse);
  const weight = weightOf([condition, whenTrue, whenFalse]);
  if (!condition.suspends && !whenTrue.suspends && !whenFalse.suspends) {
    const [test, yes, no] = [condition.run, whenTrue.run, whenFalse.run];
    return plain(weight, (frame) => (truth(test(frame)) ? yes(frame) : no(frame)));
  }
  const [test, yes, no] = [condition.run, whenTrue.run, whenFalse.run];
  const { machine } = compiler;
  const choose = (frame: Frame, value: Value): Eventual => (truth(value) ? yes(frame) : no(frame));
  return suspending(weight, (frame) => {
    const value = test(frame);
    return value === PENDING ? machine.later(choose, frame) : choose(frame, value);
  });
}

/** `not x` */
export function notCode(compiler: Compiler, node: UnaryExpression): ExpressionCode {
  return withOperand(compiler.machine, compiler.expression(node.operand), (value) => !truth(value));
}
