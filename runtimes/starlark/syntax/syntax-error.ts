/** How this room fails. */
import { StarlarkError } from '../error.js';

/** A `script/syntax` error at an offset. */
export function syntaxError(at: number, message: string, hint?: string): StarlarkError {
  return new StarlarkError('script/syntax', message, hint === undefined ? { at } : { at, hint });
}
