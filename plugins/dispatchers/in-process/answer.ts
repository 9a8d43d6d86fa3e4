/**
 * What a tool of this process answers, as an MCP result.
 *
 * An object with an array `content` is a result already. Anything else is JSON: an object becomes
 * `structuredContent` as it is, other values `{"result": value}`, which a script sees as the value;
 * nothing is an empty result. The text item holds the same for clients that read only text.
 */
import { isJsonObject } from '../../../core/index.js';
import type { Json, JsonObject, ToolResult } from '../../../core/index.js';
import { jsonCopy } from './json-copy.js';

/** The result; throws an Error that names what in the answer is no JSON, or that it is too large. */
export function resultOf(answer: unknown): ToolResult {
  if (answer === undefined) return { content: [] };
  const value = jsonCopy(answer);
  if (isResult(value)) return value;
  const structuredContent = isPlainAnswer(value) ? value : { result: value };
  return { content: [{ type: 'text', text: textOf(value) }], structuredContent };
}

function isResult(value: Json): value is ToolResult & JsonObject {
  return isJsonObject(value) && Array.isArray(value['content']);
}

/** An object that a script would not take for a wrapped value. */
function isPlainAnswer(value: Json): boolean {
  if (!isJsonObject(value)) return false;
  const keys = Object.keys(value);
  return keys.length !== 1 || keys[0] !== 'result';
}

/** Bigints are written with all their digits. */
function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
}
