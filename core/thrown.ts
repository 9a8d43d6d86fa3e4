/** Reads what somebody threw: it may be anything, and may throw when it is looked at. */
import { ToolscriptError } from './error.js';
import { cutText } from './short-text.js';

const MAX_MESSAGE = 4_000;

/** The message of what was thrown, never its stack; `fallback` when it has none that can be read. */
export function messageOf(thrown: unknown, fallback: string): string {
  try {
    const message: unknown = thrown instanceof Error ? thrown.message : thrown;
    return typeof message === 'string' && message !== '' ? cutText(message, MAX_MESSAGE) : fallback;
  } catch {
    return fallback;
  }
}

/** What was thrown, when it is an error with a code. */
export function asToolscriptError(thrown: unknown): ToolscriptError | undefined {
  try {
    return thrown instanceof ToolscriptError ? thrown : undefined;
  } catch {
    return undefined;
  }
}
