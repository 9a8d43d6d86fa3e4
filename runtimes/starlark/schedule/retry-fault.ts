/** What is wrong with a call of `retry`, in words. */
import { runtimeError } from '../error.js';
import type { StarlarkError } from '../error.js';
import { didYouMean } from '../nearest-name.js';

/** The parameters, in order; each may be given by position or by keyword. */
export const RETRY_PARAMETERS: readonly string[] = ['f', 'attempts', 'delay_ms'];

export function tooMany(given: number): StarlarkError {
  return runtimeError(
    `retry: got ${String(given)} arguments, want at most ${String(RETRY_PARAMETERS.length)}`,
  );
}

export function unexpectedName(name: string): StarlarkError {
  return runtimeError(
    `retry: unexpected keyword argument ${name}${didYouMean(name, RETRY_PARAMETERS)}`,
    'retry(lambda: f(x), attempts=3, delay_ms=200)',
  );
}

export function multipleValues(name: string): StarlarkError {
  return runtimeError(`retry: multiple values for parameter ${name}`);
}

export function noFunction(met: string): StarlarkError {
  return runtimeError(`retry: got ${met} for f, want a function`, 'retry(lambda: f(x))');
}
