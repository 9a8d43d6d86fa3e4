/**
 * A permutation of the 32-bit integers that is drawn anew in each process.
 *
 * V8 hashes the numbers of a Map without a seed, so that a script could pick integers that all fall into
 * one bucket. Scattered first, they are beyond its choice; and being a permutation, it needs no table to
 * come back.
 */
let mask = 0;
/** Odd once drawn: with the first number that is scattered. */
let first = 0;
let second = 0;
let firstInverse = 0;
let secondInverse = 0;

/** Maps an integer in ±2^31 to another. */
export function scatter(n: number): number {
  if (first === 0) draw();
  let x = Math.imul(n ^ mask, first);
  x = Math.imul(x ^ (x >>> 16), second);
  return x ^ (x >>> 16);
}

/** Undoes {@link scatter}. */
export function gather(n: number): number {
  let x = Math.imul(n ^ (n >>> 16), secondInverse);
  x = Math.imul(x ^ (x >>> 16), firstInverse);
  return x ^ mask;
}

function draw(): void {
  const [a = 0, b = 0, c = 0] = globalThis.crypto.getRandomValues(new Int32Array(3));
  mask = a;
  first = b | 1;
  second = c | 1;
  firstInverse = inverse(first);
  secondInverse = inverse(second);
}

/** The inverse of an odd factor modulo 2^32, by Newton's iteration. */
function inverse(factor: number): number {
  let x = factor;
  for (let bits = 3; bits < 32; bits *= 2) x = Math.imul(x, 2 - Math.imul(factor, x));
  return x;
}
