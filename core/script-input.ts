/** Checks what a caller sent to be run: the script's text and its data. */
import { ToolscriptError } from './error.js';
import type { Failure } from './error.js';
import { isJsonObject } from './json.js';
import type { JsonObject } from './json.js';
import { measureJson } from './json-measure.js';
import type { Meter } from './meter.js';
import { isIdentifier } from './script-name.js';
import { cutText } from './short-text.js';
import type { ToolCatalog } from './tool-catalog.js';
import { typeMet } from './type-name.js';

/** The script's bytes; throws `script/syntax` when it is no text, `limit/script-size` when it is too long. */
export function checkSource(source: unknown, meter: Meter): number {
  if (typeof source === 'string') return meter.checkScript(source);
  const message = `read the script: got ${typeMet(source)}, want the script's text`;
  throw new ToolscriptError({ code: 'script/syntax', message });
}

/** The data of a script, none being an empty object; throws `script/name` and `limit/script-size`. */
export function checkData(
  data: unknown,
  catalog: ToolCatalog,
  reserved: ReadonlySet<string>,
  meter: Meter,
): JsonObject {
  if (data === undefined || data === null) return {};
  if (!isJsonObject(data)) throw notAnObject(data);
  checkSize(data, meter);
  const [first, ...also] = Object.keys(data).flatMap((key) => keyFault(key, catalog, reserved) ?? []);
  if (first !== undefined)
    throw new ToolscriptError({ ...first, hint: RENAME, ...(also.length > 0 && { also }) });
  return data;
}

const RENAME = 'each key of data is a variable of the script: rename it, or put it inside another key';

function checkSize(data: JsonObject, meter: Meter): void {
  const { dataBytes } = meter.limits;
  const measure = measureJson(data, dataBytes);
  if (measure.fault !== undefined) {
    throw new ToolscriptError({ code: 'script/name', message: `read data: ${measure.fault}, want JSON` });
  }
  if (measure.bytes > dataBytes) throw meter.exceeded('dataBytes');
}

function notAnObject(data: unknown): ToolscriptError {
  const message = `read data: got ${typeMet(data)}, want an object`;
  const hint = typeof data === 'string' ? 'send data as a JSON object, not as text' : undefined;
  return new ToolscriptError({ code: 'script/name', message, ...(hint !== undefined && { hint }) });
}

function keyFault(key: string, catalog: ToolCatalog, reserved: ReadonlySet<string>): Failure | undefined {
  const problem = keyProblem(key, catalog, reserved);
  if (problem === undefined) return undefined;
  return {
    code: 'script/name',
    message: `read data: the key ${JSON.stringify(cutText(key, 80))} ${problem}`,
  };
}

function keyProblem(key: string, catalog: ToolCatalog, reserved: ReadonlySet<string>): string | undefined {
  if (!isIdentifier(key))
    return 'cannot be the name of a variable: want letters, digits and _, no digit first';
  if (reserved.has(key)) return 'is a name of the language';
  const bound = catalog.byScriptName(key);
  return bound === undefined
    ? undefined
    : `is the name of the tool ${JSON.stringify(cutText(bound.tool.name, 80))}`;
}
