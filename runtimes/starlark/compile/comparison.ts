/** Comparisons with a fast way for integers and short strings; the shape is that of `arithmetic.ts`. */
import type { Value } from '../values/index.js';
import type { Forms } from './operation.js';

/** Strings up to this length are compared for the price of the step. */
const SHORT = 64;

function same(x: Value | undefined, y: Value | undefined): boolean | undefined {
  if (typeof x === 'number' && typeof y === 'number') return x === y;
  if (typeof x !== 'string' || typeof y !== 'string') return undefined;
  if (x.length !== y.length) return false;
  return x.length <= SHORT ? x === y : undefined;
}

/** `x == y` */
const equal: Forms = {
  node: (operation) => {
    const { i, j, first, second, constant } = operation;
    return (frame) => {
      const x = (i > 0 ? frame[i] : first(frame)) as Value | undefined;
      const y = (j > 0 ? frame[j] : j < 0 ? constant : second(frame)) as Value | undefined;
      return same(x, y) ?? operation.general(frame, x, y);
    };
  },
  values: (operation) => (x, y) => same(x, y) ?? operation.apply(x, y),
};

/** `x != y` */
const unequal: Forms = {
  node: (operation) => {
    const { i, j, first, second, constant } = operation;
    return (frame) => {
      const x = (i > 0 ? frame[i] : first(frame)) as Value | undefined;
      const y = (j > 0 ? frame[j] : j < 0 ? constant : second(frame)) as Value | undefined;
      const known = same(x, y);
      return known === undefined ? operation.general(frame, x, y) : !known;
    };
  },
  values: (operation) => (x, y) => {
    const known = same(x, y);
    return known === undefined ? operation.apply(x, y) : !known;
  },
};

/** `x < y` */
const less: Forms = {
  node: (operation) => {
    const { i, j, first, second, constant } = operation;
    return (frame) => {
      const x = i > 0 ? frame[i] : first(frame);
      const y = j > 0 ? frame[j] : j < 0 ? constant : second(frame);
      if (typeof x === 'number' && typeof y === 'number') return x < y;
      return operation.general(frame, x, y);
    };
  },
  values: (operation) => (x, y) =>
    typeof x === 'number' && typeof y === 'number' ? x < y : operation.apply(x, y),
};

/** `x <= y` */
const atMost: Forms = {
  node: (operation) => {
    const { i, j, first, second, constant } = operation;
    return (frame) => {
      const x = i > 0 ? frame[i] : first(frame);
      const y = j > 0 ? frame[j] : j < 0 ? constant : second(frame);
      if (typeof x === 'number' && typeof y === 'number') return x <= y;
      return operation.general(frame, x, y);
    };
  },
  values: (operation) => (x, y) =>
    typeof x === 'number' && typeof y === 'number' ? x <= y : operation.apply(x, y),
};

/** `x > y` */
const greater: Forms = {
  node: (operation) => {
    const { i, j, first, second, constant } = operation;
    return (frame) => {
      const x = i > 0 ? frame[i] : first(frame);
      const y = j > 0 ? frame[j] : j < 0 ? constant : second(frame);
      if (typeof x === 'number' && typeof y === 'number') return x > y;
      return operation.general(frame, x, y);
    };
  },
  values: (operation) => (x, y) =>
    typeof x === 'number' && typeof y === 'number' ? x > y : operation.apply(x, y),
};

/** `x >= y` */
const atLeast: Forms = {
  node: (operation) => {
    const { i, j, first, second, constant } = operation;
    return (frame) => {
      const x = i > 0 ? frame[i] : first(frame);
      const y = j > 0 ? frame[j] : j < 0 ? constant : second(frame);
      if (typeof x === 'number' && typeof y === 'number') return x >= y;
      return operation.general(frame, x, y);
    };
  },
  values: (operation) => (x, y) =>
    typeof x === 'number' && typeof y === 'number' ? x >= y : operation.apply(x, y),
};

/** The comparisons that have a fast way. */
export const COMPARISON: ReadonlyMap<string, Forms> = new Map([
  ['==', equal],
  ['!=', unequal],
  ['is', equal],
  ['is not', unequal],
  ['<', less],
  ['<=', atMost],
  ['>', greater],
  ['>=', atLeast],
]);
