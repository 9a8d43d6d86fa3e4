/** The operators by their spelling. */
import { add, divide, floorDivide, modulo, multiply, subtract } from './arithmetic.js';
import { bitAnd, bitOr, bitXor, shiftLeft, shiftRight } from './bits.js';
import type { Budget } from './budget.js';
import { equals } from './equality.js';
import { contains } from './membership.js';
import { compare } from './order.js';
import { power } from './power.js';
import type { Value } from './value.js';

/** What a binary operator does. */
export type BinaryOperation = (budget: Budget, x: Value, y: Value) => Value;

/** The operators of two values that compute both. `and` and `or` are not among them. */
const OPERATIONS = {
  '+': add,
  '-': subtract,
  '*': multiply,
  '/': divide,
  '//': floorDivide,
  '%': modulo,
  '**': power,
  '&': bitAnd,
  '|': bitOr,
  '^': bitXor,
  '<<': shiftLeft,
  '>>': shiftRight,
  '==': (budget, x, y) => equals(budget, x, y),
  '!=': (budget, x, y) => !equals(budget, x, y),
  '<': (budget, x, y) => compare(budget, x, y, '<') < 0,
  '<=': (budget, x, y) => compare(budget, x, y, '<=') <= 0,
  '>': (budget, x, y) => compare(budget, x, y, '>') > 0,
  '>=': (budget, x, y) => compare(budget, x, y, '>=') >= 0,
  in: (budget, x, y) => contains(budget, y, x),
  'not in': (budget, x, y) => !contains(budget, y, x),
  is: (budget, x, y) => equals(budget, x, y),
  'is not': (budget, x, y) => !equals(budget, x, y),
} satisfies { [operator: string]: BinaryOperation };

/** A binary operator's spelling. */
export type BinaryOperator = keyof typeof OPERATIONS;

/** The operation of an operator. */
export function binaryOperation(operator: BinaryOperator): BinaryOperation {
  return OPERATIONS[operator];
}
