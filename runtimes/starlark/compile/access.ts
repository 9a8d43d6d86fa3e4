/** `x[i]`, `x[low:high:step]` and `x.name`. */
import type { DotExpression, IndexExpression, SliceExpression } from '../syntax/tree.js';
import {
  Builtin,
  Dict,
  List,
  METHOD_BYTES,
  attributeError,
  attributeNames,
  index,
  slice,
} from '../values/index.js';
import type { Value } from '../values/index.js';
import type { ExpressionCode } from './code.js';
import { constant } from './code.js';
import type { Compiler } from './compiler.js';
import { allocateAt, located, overdrawn } from './failure.js';
import { operationCode } from './operation.js';
import type { Forms } from './operation.js';
import { withOperand, withOperands } from './operands.js';

/** `x[i]`: x, then i. */
export function indexCode(compiler: Compiler, node: IndexExpression): ExpressionCode {
  const object = compiler.expression(node.object);
  const key = compiler.expression(node.index);
  return operationCode(compiler.machine, ELEMENT, index, object, key, node.at);
}

/** Strings up to this length are looked up for the price of the step. */
const SHORT = 64;

function quick(x: unknown, y: unknown): Value | undefined {
  if (typeof y === 'number')
    return x instanceof List && y >= 0 && y < x.items.length ? x.items[y] : undefined;
  return typeof y === 'string' && x instanceof Dict && y.length <= SHORT ? x.getString(y) : undefined;
}

/** Elements of lists, and of dicts by string; negative indices and faults take the general way. */
export const ELEMENT: Forms = {
  node: (operation) => {
    const { i, j, first, second, constant } = operation;
    return (frame) => {
      const x = i > 0 ? frame[i] : first(frame);
      const y = j > 0 ? frame[j] : j < 0 ? constant : second(frame);
      return quick(x, y) ?? operation.general(frame, x, y);
    };
  },
  values: (operation) => (x, y) => quick(x, y) ?? operation.apply(x, y),
};

/** `x[low:high:step]`: x, then the parts that are there, in this order. */
export function sliceCode(compiler: Compiler, node: SliceExpression): ExpressionCode {
  const { budget } = compiler;
  const parts = [node.low, node.high, node.step].map((part) =>
    part === null ? ABSENT : compiler.expression(part),
  );
  return withOperands(compiler.machine, [compiler.expression(node.object), ...parts], (values) => {
    const [object, low, high, step] = values as [Value, Value, Value, Value];
    try {
      return slice(budget, object, low, high, step);
    } catch (error) {
      throw located(error, node.at);
    }
  });
}

/** A part of a slice that is not there is None. */
const ABSENT = constant(null);

/** `x.name` where it is not called: a field, or a bound method. */
export function dotCode(compiler: Compiler, node: DotExpression): ExpressionCode {
  return withOperand(compiler.machine, compiler.expression(node.object), (value) =>
    attribute(compiler, value, node.name, node.at),
  );
}

/** A field, or a method bound to its value. */
export function attribute(compiler: Compiler, value: Value, name: string, at: number): Value {
  const method = compiler.environment.method(value, name);
  if (method !== undefined) {
    allocateAt(compiler.budget, METHOD_BYTES, at);
    return new Builtin(name, (thread, args, names) => method(thread, value, args, names), true, value);
  }
  const field = compiler.environment.field(value, name);
  return field === undefined ? noAttribute(compiler, value, name, at) : field;
}

function noAttribute(compiler: Compiler, value: Value, name: string, at: number): never {
  const methods = compiler.environment.methodNames(value);
  const known = methods.length + attributeNames(value).length;
  if ((compiler.budget.left -= known) < 0) overdrawn(compiler.budget, at);
  throw located(attributeError(value, name, methods, compiler.environment.memberHints), at);
}
