/** What the tests of the values are made of: budgets, and short names for values. */
import { expect } from 'chai';
import { StarlarkError } from '../../../../runtimes/starlark/error.js';
import {
  Budget,
  Bytes,
  Dict,
  Float,
  List,
  StarlarkSet,
  Tuple,
} from '../../../../runtimes/starlark/values/index.js';
import type { BudgetLimits, Value } from '../../../../runtimes/starlark/values/index.js';

const ROOMY: BudgetLimits = {
  steps: 1e9,
  memoryBytes: 2 ** 40,
  valueBytes: 2 ** 24,
  callDepth: 200,
  valueDepth: 100,
  integerBits: 100_000,
  deadline: Infinity,
  now: () => 0,
  sliceMs: Infinity,
};

/** A budget with room for everything that the tests do, but for the limits given. */
export function budgetOf(limits: Partial<BudgetLimits> = {}): Budget {
  return new Budget({ ...ROOMY, ...limits });
}

export const list = (...items: Value[]): List => new List(items);
export const tuple = (...items: Value[]): Tuple => new Tuple(items);
export const float = (value: number): Float => new Float(value);
export const bytes = (...data: number[]): Bytes => new Bytes(Uint8Array.from(data));

export function dict(...entries: [Value, Value][]): Dict {
  const result = new Dict();
  for (const [key, value] of entries) result.set(budgetOf(), key, value);
  return result;
}

export function set(...items: Value[]): StarlarkSet {
  const result = new StarlarkSet();
  for (const item of items) result.add(budgetOf(), item);
  return result;
}

/** The error that an act throws, which must be one of the engine. */
export function failure(act: () => unknown): StarlarkError {
  try {
    act();
  } catch (error) {
    expect(error).to.be.instanceOf(StarlarkError);
    return error as StarlarkError;
  }
  throw new Error('nothing was thrown');
}

/** The message of a failure that a script may catch. */
export function complaint(act: () => unknown): string {
  const error = failure(act);
  expect(error.code).to.equal('script/runtime');
  return error.message;
}
