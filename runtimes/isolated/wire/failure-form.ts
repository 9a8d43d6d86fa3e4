/** A failure as it crosses: its fields, and nothing of the error that it may be. */
import { ToolscriptError } from '../../../core/index.js';
import type { Failure } from '../../../core/index.js';

/** The fields of a failure. */
export function failureForm(failure: Failure): Failure {
  const { code, message, position, backtrace, hint, tool, retryAfterMs, also } = failure;
  return {
    code,
    message,
    ...(position !== undefined && { position }),
    ...(backtrace !== undefined && { backtrace }),
    ...(hint !== undefined && { hint }),
    ...(tool !== undefined && { tool }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(also !== undefined && { also }),
  };
}

/** What was thrown, as fields; without a code its text stays inside. */
export function thrownForm(thrown: unknown): Failure {
  if (thrown instanceof ToolscriptError) return failureForm(thrown);
  return { code: 'internal', message: 'run: a fault of Toolscript itself, not of the script' };
}
