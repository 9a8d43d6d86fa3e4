/**
 * Binary and unary operators.
 *
 * A chain such as `a + b + c + …` is as deep in the tree as it is long. A short one becomes nodes within
 * nodes; a long one becomes a single node with a loop, so that no stack grows with it.
 */
import type { BinaryExpression, BinaryOperator, Expression, UnaryExpression } from '../syntax/tree.js';
import { PENDING, binaryOperation, invert, negate, positive } from '../values/index.js';
import type { Budget, Eventual, Value } from '../values/index.js';
import { ARITHMETIC, general } from './arithmetic.js';
import { constant, plain, suspending } from './code.js';
import type { ExpressionCode } from './code.js';
import { COMPARISON } from './comparison.js';
import type { Compiler } from './compiler.js';
import { located } from './failure.js';
import type { Frame } from './frame.js';
import { notCode } from './logic.js';
import { Operation, operationCode } from './operation.js';
import type { Forms, Operate } from './operation.js';
import { withOperand } from './operands.js';

/** Chains up to this length become nodes within nodes. */
const SHORT_CHAIN = 16;

/** How an operator is carried out. */
export function binaryForms(operator: BinaryOperator): { forms: Forms; operate: Operate } {
  return {
    forms: ARITHMETIC.get(operator) ?? COMPARISON.get(operator) ?? general,
    operate: binaryOperation(operator),
  };
}

/** A binary operator, with the chain of those to its left. */
export function binaryCode(compiler: Compiler, node: BinaryExpression): ExpressionCode {
  const chain: BinaryExpression[] = [node];
  let innermost: Expression = node.left;
  while (innermost.kind === 'binary') {
    chain.push(innermost);
    innermost = innermost.left;
  }
  chain.reverse();
  const first = compiler.expression(innermost);
  if (chain.length > SHORT_CHAIN) return chainCode(compiler, first, chain);
  return chain.reduce((left, link) => linkCode(compiler, left, link), first);
}

function linkCode(compiler: Compiler, left: ExpressionCode, node: BinaryExpression): ExpressionCode {
  const { forms, operate } = binaryForms(node.operator);
  return operationCode(compiler.machine, forms, operate, left, compiler.expression(node.right), node.at);
}

interface Link {
  readonly right: ExpressionCode;
  readonly apply: (x: Value, y: Value) => Value;
}

function chainCode(
  compiler: Compiler,
  first: ExpressionCode,
  chain: readonly BinaryExpression[],
): ExpressionCode {
  const { machine, budget } = compiler;
  const links = chain.map((node): Link => {
    const { forms, operate } = binaryForms(node.operator);
    const right = compiler.expression(node.right);
    return { right, apply: forms.values(new Operation(budget, first, right, operate, node.at)) };
  });
  const weight = links.reduce((sum, link) => sum + link.right.weight + 1, first.weight);
  const from = (frame: Frame, x: Value, start: number): Eventual => {
    let result = x;
    for (let i = start; i < links.length; i++) {
      const { right, apply } = links[i]!;
      const y = right.run(frame);
      if (y === PENDING) return machine.later(goOn, frame, result, i);
      result = apply(result, y);
    }
    return result;
  };
  const goOn = (frame: Frame, x: Value, i: number, y: Value): Eventual =>
    from(frame, links[i]!.apply(x, y), i + 1);
  const begin = (frame: Frame, x: Value): Eventual => from(frame, x, 0);
  const run = (frame: Frame): Eventual => {
    const x = first.run(frame);
    return x === PENDING ? machine.later(begin, frame) : begin(frame, x);
  };
  const suspends = first.suspends || links.some((link) => link.right.suspends);
  return suspends ? suspending(weight, run) : plain(weight, run as (frame: Frame) => Value);
}

const SIGNS: Readonly<Record<'-' | '+' | '~', (budget: Budget, x: Value) => Value>> = {
  '-': negate,
  '+': positive,
  '~': invert,
};

/** `-x` of a number in the text is a constant. */
export function unaryCode(compiler: Compiler, node: UnaryExpression): ExpressionCode {
  const { operator } = node;
  if (operator === 'not') return notCode(compiler, node);
  const { budget } = compiler;
  const operand = compiler.expression(node.operand);
  const sign = SIGNS[operator];
  const known = operand.place < 0 ? operand.constant : null;
  if (typeof known === 'number') return { ...constant(sign(budget, known)), weight: 2 };
  return withOperand(compiler.machine, operand, (value) => {
    try {
      return sign(budget, value);
    } catch (error) {
      throw located(error, node.at);
    }
  });
}
