/** Tool results and failures as an MCP answer can carry them. */
import {
  codedResult,
  isJsonObject,
  setKey,
  ToolscriptError,
  type Failure,
  type Json,
  type JsonObject,
  type ToolResult,
} from '../../core/index.js';

/** Deeper than any limit on values, and shallow enough for `JSON.stringify`. */
const MAX_DEPTH = 1_000;

/**
 * The result as it came, but for what JSON cannot carry: an integer beyond 2^53 that a number cannot
 * hold becomes text. Structured content without any content gets its text.
 */
export function wireResult(result: ToolResult): ToolResult {
  const wired = wire(result as Json, 0) as ToolResult;
  if (wired.content.length > 0 || wired.structuredContent === undefined) return wired;
  return { ...wired, content: [{ type: 'text', text: JSON.stringify(wired.structuredContent) }] };
}

/**
 * The result for a client of 2025-11-25 and older, where structured content must be an object: what is
 * none, or what the SDK lists with a wrapped output schema, stands under `result`.
 */
export function olderResult(result: ToolResult, outputSchema: JsonObject | undefined): ToolResult {
  const { structuredContent } = result;
  if (structuredContent === undefined || result.isError === true) return result;
  const fits = outputSchema === undefined || outputSchema['type'] === 'object';
  if (fits && isJsonObject(structuredContent)) return result;
  return { ...result, structuredContent: { result: structuredContent } };
}

/** What is no tool's result either, without what JSON cannot carry. */
export function wireJson<T extends { readonly [field: string]: Json | undefined }>(result: T): T {
  return wire(result as Json, 0) as T;
}

/** A failed call as a result. */
export function wireFailure(error: unknown): ToolResult {
  const failure: Failure = error instanceof ToolscriptError ? error : UNEXPECTED;
  const { code, message, hint, retryAfterMs } = failure;
  const text = `${code}: ${message}${hint === undefined ? '' : `; ${hint}`}`;
  const result = {
    content: [{ type: 'text' as const, text }],
    structuredContent: {
      error: {
        code,
        message,
        ...(hint !== undefined && { hint }),
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      },
    },
    isError: true,
  };
  return codedResult(result, code);
}

const UNEXPECTED: Failure = { code: 'internal', message: 'the call failed' };

/** Answers the very same value when there is nothing to change in it. */
function wire(value: Json | undefined, depth: number): Json | undefined {
  if (typeof value === 'bigint') return exact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_DEPTH) {
    throw new ToolscriptError({
      code: 'tool/failed',
      message: `read the result: values nested deeper than ${MAX_DEPTH} were met`,
    });
  }
  return isJsonObject(value) ? wireObject(value, depth) : wireArray(value, depth);
}

function wireArray(items: readonly Json[], depth: number): Json {
  const wired = items.map((item) => wire(item, depth + 1) as Json);
  return wired.every((item, index) => item === items[index]) ? items : wired;
}

function wireObject(object: { readonly [key: string]: Json | undefined }, depth: number): Json {
  const wired: Record<string, Json> = {};
  let changed = false;
  for (const [key, item] of Object.entries(object)) {
    const value = wire(item, depth + 1);
    changed ||= value !== item;
    if (value !== undefined) setKey(wired, key, value);
  }
  return changed ? wired : (object as Json);
}

/** Exact means: written as JSON, the number has the same digits. */
function exact(integer: bigint): number | string {
  const text = String(integer);
  return String(Number(integer)) === text ? Number(integer) : text;
}
