/**
 * What a tool of this process answers, as an MCP result.
 *
 * An object with an array `content` is a result already. Anything else is JSON: an object becomes
 * `structuredContent` as it is, other values `{"result": value}`, which a script sees as the value;
 * nothing is an empty result. The text item holds the same for clients that read only text.
 */
import { isJsonObject, setKey } from '../../../core/index.js';
import type { Json, JsonObject, ToolResult } from '../../../core/index.js';

/** The result; throws an Error that names what in the answer is no JSON. */
export function resultOf(answer: unknown): ToolResult {
  if (answer === undefined) return { content: [] };
  const value = jsonOf(answer, '', 0);
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

const MAX_DEPTH = 500;

/** The answer as JSON: what `JSON.stringify` would write, but nothing is lost without a word. */
function jsonOf(value: unknown, path: string, depth: number): Json {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint'
  ) {
    return value;
  }
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value !== 'object') throw new Error(`answered ${nameOf(value)}${at(path)}, want JSON`);
  if (depth >= MAX_DEPTH)
    throw new Error(`answered values nested more than ${String(MAX_DEPTH)} deep, want JSON`);
  if (Array.isArray(value))
    return value.map((item, index) => jsonOf(item ?? null, `${path}[${String(index)}]`, depth + 1));
  if (hasToJson(value)) return jsonOf(value.toJSON(), path, depth + 1);
  return objectOf(value, path, depth);
}

function objectOf(value: object, path: string, depth: number): JsonObject {
  const copy: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) {
    if (item !== undefined) setKey(copy, key, jsonOf(item, `${path}.${key}`, depth + 1));
  }
  return copy;
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function nameOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : `a ${typeof value}`;
}

function at(path: string): string {
  return path === '' ? '' : ` at ${path.replace(/^\./, '').slice(0, 200)}`;
}

/** Bigints are written with all their digits. */
function textOf(value: Json): string {
  if (typeof value === 'string') return value;
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
}
