/**
 * Arithmetic with a fast way for integers.
 *
 * Each operator has two forms: a node that reads its operands itself, and a function of two values for
 * where an operand may suspend. Whatever is not two small integers goes to the library of values.
 */
import type { Value } from '../values/index.js';
import type { Forms, Operation } from './operation.js';

const MOST = Number.MAX_SAFE_INTEGER;

/** `x + y` */
const sum: Forms = {
  node: (operation) => {
    const { i, j, first, second, constant } = operation;
    return (frame) => {
      const x = i > 0 ? frame[i] : first(frame);
      const y = j > 0 ? frame[j] : j < 0 ? constant : second(frame);
      if (typeof x === 'number' && typeof y === 'number') {
        const result = x + y;
        if (result <= MOST && result >= -MOST) return result;
      }
      return operation.general(frame, x, y);
    };
  },
  values: (operation) => (x, y) => {
    if (typeof x === 'number' && typeof y === 'number') {
      const result = x + y;
      if (result <= MOST && result >= -MOST) return result;
    }
    return operation.apply(x, y);
  },
};

/** `x - y` */
const difference: Forms = {
  node: (operation) => {
    const { i, j, first, second, constant } = operation;
    return (frame) => {
      const x = i > 0 ? frame[i] : first(frame);
      const y = j > 0 ? frame[j] : j < 0 ? constant : second(frame);
      if (typeof x === 'number' && typeof y === 'number') {
        const result = x - y;
        if (result <= MOST && result >= -MOST) return result;
      }
      return operation.general(frame, x, y);
    };
  },
  values: (operation) => (x, y) => {
    if (typeof x === 'number' && typeof y === 'number') {
      const result = x - y;
      if (result <= MOST && result >= -MOST) return result;
    }
    return operation.apply(x, y);
  },
};

/** `x * y`; adding 0 turns -0 into 0. */
const product: Forms = {
  node: (operation) => {
    const { i, j, first, second, constant } = operation;
    return (frame) => {
      const x = i > 0 ? frame[i] : first(frame);
      const y = j > 0 ? frame[j] : j < 0 ? constant : second(frame);
      if (typeof x === 'number' && typeof y === 'number') {
        const result = x * y + 0;
        if (result <= MOST && result >= -MOST) return result;
      }
      return operation.general(frame, x, y);
    };
  },
  values: (operation) => (x, y) => {
    if (typeof x === 'number' && typeof y === 'number') {
      const result = x * y + 0;
      if (result <= MOST && result >= -MOST) return result;
    }
    return operation.apply(x, y);
  },
};

/** `x // y`, rounded down; exact, because only where the remainder is known. */
const floor: Forms = {
  node: (operation) => {
    const { i, j, first, second, constant } = operation;
    return (frame) => {
      const x = i > 0 ? frame[i] : first(frame);
      const y = j > 0 ? frame[j] : j < 0 ? constant : second(frame);
      if (typeof x === 'number' && typeof y === 'number' && x >= 0 && y > 0) return (x - (x % y)) / y;
      return operation.general(frame, x, y);
    };
  },
  values: (operation) => (x, y) =>
    typeof x === 'number' && typeof y === 'number' && x >= 0 && y > 0
      ? (x - (x % y)) / y
      : operation.apply(x, y),
};

/** `x % y`, with the sign of y. */
const remainder: Forms = {
  node: (operation) => {
    const { i, j, first, second, constant } = operation;
    return (frame) => {
      const x = i > 0 ? frame[i] : first(frame);
      const y = j > 0 ? frame[j] : j < 0 ? constant : second(frame);
      if (typeof x === 'number' && typeof y === 'number' && x >= 0 && y > 0) return x % y;
      return operation.general(frame, x, y);
    };
  },
  values: (operation) => (x, y) =>
    typeof x === 'number' && typeof y === 'number' && x >= 0 && y > 0 ? x % y : operation.apply(x, y),
};

/** What has no fast way. */
export const general: Forms = {
  node: (operation: Operation) => {
    const { i, j, first, second, constant } = operation;
    return (frame) => {
      const x = i > 0 ? frame[i] : first(frame);
      const y = j > 0 ? frame[j] : j < 0 ? constant : second(frame);
      return operation.general(frame, x, y);
    };
  },
  values: (operation) => (x: Value, y: Value) => operation.apply(x, y),
};

/** The operators that have a fast way. */
export const ARITHMETIC: ReadonlyMap<string, Forms> = new Map([
  ['+', sum],
  ['-', difference],
  ['*', product],
  ['//', floor],
  ['%', remainder],
]);
