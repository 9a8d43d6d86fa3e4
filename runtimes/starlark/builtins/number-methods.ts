/** Methods of numbers, as Python has them: for the open dialect. */
import { bitsOf } from '../values/index.js';
import type { Integer, Thread, Float } from '../values/index.js';
import { method } from './definition.js';
import type { MethodTable } from './definition.js';

/** Those of ints. */
export const integerMethods: MethodTable<Integer> = new Map([
  method('bit_length', [], (_: Thread, n: Integer) => (n === 0 ? 0 : exactBits(n))),
  method('is_integer', [], () => true),
]);

/** Those of floats. */
export const floatMethods: MethodTable<Float> = new Map([
  method('is_integer', [], (_: Thread, x: Float) => Number.isInteger(x.value)),
]);

/** The estimate may be one off, near a power of two. */
function exactBits(n: Integer): number {
  const size = n < 0 ? -BigInt(n) : BigInt(n);
  const bits = bitsOf(size);
  if (size >> BigInt(bits) !== 0n) return bits + 1;
  return size >> BigInt(bits - 1) === 0n ? bits - 1 : bits;
}
