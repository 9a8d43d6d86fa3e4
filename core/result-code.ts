/**
 * With what code a failed result failed. It is known of the very object, and not read from what is in it:
 * a tool may write there what it likes.
 */
import type { EndCode } from './event.js';
import type { ErrorCode } from './error.js';

/** Anything that may have failed in the words of MCP. */
interface Result {
  readonly isError?: unknown;
}

const CODES = new WeakMap<Result, ErrorCode>();

/** The same result, of which it is known from now on why it failed. */
export function codedResult<T extends Result>(result: T, code: ErrorCode): T {
  CODES.set(result, code);
  return result;
}

/** `ok`, the code it is known by, or `tool/failed` for a tool's own error. */
export function resultCode(result: Result): EndCode {
  if (result.isError !== true) return 'ok';
  return CODES.get(result) ?? 'tool/failed';
}
