/** What became of one call of one tool. */
import type { ToolscriptError } from './error.js';
import type { ToolResult } from './tool-dispatcher.js';

/** Times in milliseconds. */
export interface CallReport {
  readonly answer: ToolResult | ToolscriptError;
  /** Whether it was sent. */
  readonly isSent: boolean;
  /** Whether the backend answered, with a result or an error. */
  readonly isAnswered: boolean;
  /** Whether it had no more time than one call may have. */
  readonly isTimeout: boolean;
  readonly queuedMs: number;
  readonly ranMs: number;
  /** Why the policy refused. */
  readonly reason?: string;
}
