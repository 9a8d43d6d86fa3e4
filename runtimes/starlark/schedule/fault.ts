/** What becomes of a JavaScript error that nobody foresaw: never a stack, never a crash. */
import { StarlarkError } from '../error.js';

/** The error of the script for anything thrown. */
export function asStarlarkError(thrown: unknown): StarlarkError {
  if (thrown instanceof StarlarkError) return thrown;
  if (!(thrown instanceof RangeError))
    return new StarlarkError('internal', 'run: a fault of the engine or of its host');
  return /call stack/i.test(thrown.message)
    ? new StarlarkError('limit/depth', 'run: calls and expressions nested deeper than the machine can hold')
    : new StarlarkError('limit/memory', 'make a value: larger than the machine can hold');
}
