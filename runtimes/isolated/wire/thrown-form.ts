/** What was thrown as it crosses: its fields, and nothing of the error that it may be. */
import { failureOf, ToolscriptError } from '../../../core/index.js';
import type { Failure } from '../../../core/index.js';

/** Without a code its text stays inside. */
export function thrownForm(thrown: unknown): Failure {
  if (thrown instanceof ToolscriptError) return failureOf(thrown);
  return { code: 'internal', message: 'run: a fault of Toolscript itself, not of the script' };
}
