/** Which variables a manifest cannot do without, told from what is written, whatever the environment. */
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../json.js';
import { EDITOR_NAMES } from './expansion.js';

const REFERENCE = /\$?\$\{(?:env:)?([A-Za-z_]\w*)\}/g;

/** The names in the order of the file, each once. What is switched off, or has a default, needs none. */
export function neededVariables(manifest: Json): string[] {
  return [...new Set(namesIn(manifest))];
}

function namesIn(value: Json): string[] {
  if (typeof value === 'string') return referencesIn(value);
  if (isJsonArray(value)) return value.flatMap(namesIn);
  if (!isJsonObject(value) || isOff(value)) return [];
  return Object.values(value).flatMap(namesIn);
}

/** A server or a plugin that does not count. */
function isOff(value: JsonObject): boolean {
  return value['disabled'] === true || (Object.hasOwn(value, 'use') && value['enabled'] === false);
}

function referencesIn(text: string): string[] {
  return [...text.matchAll(REFERENCE)].flatMap(([whole, name = '']) =>
    whole.startsWith('$$') || EDITOR_NAMES.has(name) ? [] : [name],
  );
}
