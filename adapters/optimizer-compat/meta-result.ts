/** What the meta tools answer when they could not do what was asked. */
import type { ErrorCode, JsonObject, ToolResult } from '../../core/index.js';
import { codedResult, oneLine } from '../../core/index.js';

/** A failure in words. */
export function failedResult(text: string): ToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}

/** The same with its code, for tools that promise no other shape. */
export function codedFailure(code: ErrorCode, text: string): ToolResult {
  return codedResult({ ...failedResult(text), structuredContent: { error: { code, message: text } } }, code);
}

const MAX_KEYS = 20;
const MAX_KEY_LENGTH = 60;

/** The keys of arguments in words, without their values. */
export function keysText(args: JsonObject): string {
  const keys = Object.keys(args);
  if (keys.length === 0) return 'got nothing';
  const shown = keys.slice(0, MAX_KEYS).map((key) => JSON.stringify(oneLine(key, MAX_KEY_LENGTH)));
  const rest = keys.length > MAX_KEYS ? ` and ${String(keys.length - MAX_KEYS)} more` : '';
  return `got ${shown.join(', ')}${rest}`;
}
