/** Reads what somebody threw: it may be anything, and may throw when it is looked at. */
import { ToolscriptError } from './error.js';

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

/** The beginning of a text, at most so many UTF-16 units, no pair cut in two, with `…` for what is left out. */
export function cutText(text: string, maxLength: number): string {
  if (text.length <= maxLength) return text;
  const end = maxLength - 1;
  const splitsPair = (text.charCodeAt(end - 1) & 0xfc00) === 0xd800;
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`;
}
