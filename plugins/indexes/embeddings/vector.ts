/** Vectors of length one, so that the cosine of two is their product. */
import { ToolscriptError } from '../../../core/index.js';

/** A vector of length one. */
export type Vector = Float32Array;

const MAX_DIMENSIONS = 16_384;

/** Throws `backend/unavailable` for what is no vector: no numbers, not finite, of no length. */
export function vectorOf(value: unknown): Vector {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_DIMENSIONS) throw noVector();
  const numbers: readonly unknown[] = value;
  let squares = 0;
  for (const number of numbers) {
    if (typeof number !== 'number' || !Number.isFinite(number)) throw noVector();
    squares += number * number;
  }
  const length = Math.sqrt(squares);
  if (!Number.isFinite(length) || length === 0) throw noVector();
  return Float32Array.from(numbers, (number) => (number as number) / length);
}

/** From 0 for alike to 2 for opposite; of vectors that are equally long. */
export function distanceOf(a: Vector, b: Vector): number {
  let product = 0;
  for (let place = 0; place < a.length; place += 1) product += a[place]! * b[place]!;
  return 1 - product;
}

function noVector(): ToolscriptError {
  const message = 'ask for embeddings: got something else than a vector of numbers';
  return new ToolscriptError({ code: 'backend/unavailable', message });
}
