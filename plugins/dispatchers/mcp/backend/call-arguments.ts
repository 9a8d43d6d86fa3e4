/** Arguments as a JSON message can carry them. */
import { isJsonObject, setKey, ToolscriptError, type Json, type JsonObject } from '../../../../core/index.js';

/** Deeper than any limit on a script's values, and shallow enough for `JSON.stringify`. */
const MAX_DEPTH = 1_000;

/**
 * The same arguments with bigints as numbers. Throws `tool/arguments` for an integer that a number cannot
 * hold exactly, and for values nested deeper than 1,000.
 */
export function wireArguments(args: JsonObject, tool: string): JsonObject {
  return wire(args, { tool, path: [] }) as JsonObject;
}

interface Place {
  readonly tool: string;
  readonly path: (string | number)[];
}

/** Answers the very same value when there is nothing to change in it. */
function wire(value: Json, place: Place): Json {
  if (typeof value === 'bigint') return exactNumber(value, place);
  if (typeof value !== 'object' || value === null) return value;
  if (place.path.length >= MAX_DEPTH) {
    throw refusal(place.tool, `values nested deeper than ${MAX_DEPTH} were met`);
  }
  return isJsonObject(value) ? wireObject(value, place) : wireArray(value, place);
}

function wireArray(items: readonly Json[], place: Place): Json {
  const wired = items.map((item, index) => inside(item, index, place));
  return wired.every((item, index) => item === items[index]) ? items : wired;
}

function wireObject(object: JsonObject, place: Place): Json {
  const wired: Record<string, Json> = {};
  let changed = false;
  for (const [key, item] of Object.entries(object)) {
    const value = inside(item, key, place);
    changed ||= value !== item;
    setKey(wired, key, value);
  }
  return changed ? wired : object;
}

function inside(value: Json, key: string | number, place: Place): Json {
  if (typeof value !== 'object' && typeof value !== 'bigint') return value;
  place.path.push(key);
  const wired = wire(value, place);
  place.path.pop();
  return wired;
}

/** Exact means: written as JSON, the number has the same digits. */
function exactNumber(integer: bigint, { tool, path }: Place): number {
  const number = Number(integer);
  if (String(number) === String(integer)) return number;
  throw refusal(
    tool,
    `${path.join('.')} is an integer that a JSON number cannot hold exactly, pass it as a string`,
  );
}

function refusal(tool: string, what: string): ToolscriptError {
  return new ToolscriptError({ code: 'tool/arguments', message: `call ${tool}: ${what}`, tool });
}
