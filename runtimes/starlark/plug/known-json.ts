/** What the text tells of an argument, as JSON. */
import { setKey } from '../../../core/index.js';
import type { Json, JsonObject, JsonType, KnownArgument } from '../../../core/index.js';
import { Float, typeName } from '../values/index.js';
import type { Glimpse, Value } from '../values/index.js';

/** What can be said of one argument; null where that is nothing, or no JSON. */
export function knownArgument(glimpse: Glimpse): KnownArgument | null {
  if (glimpse.kind === 'typed') {
    const type = JSON_TYPES.get(typeName(glimpse.sample));
    return type === undefined ? null : { type };
  }
  const known = jsonOf(glimpse);
  if (known === null) return null;
  return known.isWhole ? { value: known.json } : { part: known.json };
}

/** All arguments as one object; null where not all of each is known. */
export function wholeObject(args: ReadonlyMap<string, Glimpse>): JsonObject | null {
  const request: Record<string, Json> = {};
  for (const [name, argument] of args) {
    const known = jsonOf(argument);
    if (known?.isWhole !== true) return null;
    setKey(request, name, known.json);
  }
  return request;
}

const JSON_TYPES: ReadonlyMap<string, JsonType> = new Map([
  ['string', 'string'],
  ['int', 'integer'],
  ['float', 'number'],
  ['bool', 'boolean'],
  ['list', 'array'],
  ['tuple', 'array'],
  ['dict', 'object'],
]);

/** JSON, and whether it is all of it: what is not known is left out. */
interface KnownJson {
  readonly json: Json;
  readonly isWhole: boolean;
}

function jsonOf(glimpse: Glimpse): KnownJson | null {
  switch (glimpse.kind) {
    case 'value':
      return scalar(glimpse.value);
    case 'list':
    case 'tuple':
      return array(glimpse.items);
    case 'each':
      return { json: [], isWhole: false };
    case 'dict':
      return object(glimpse.entries);
    default:
      return null;
  }
}

function scalar(value: Value): KnownJson | null {
  if (value === null || (typeof value !== 'object' && typeof value !== 'number'))
    return { json: value, isWhole: true };
  const number = value instanceof Float ? value.value : value;
  return typeof number === 'number' && Number.isFinite(number) ? { json: number, isWhole: true } : null;
}

function array(items: readonly Glimpse[]): KnownJson {
  const known = items.map(jsonOf);
  return {
    json: known.flatMap((item) => (item === null ? [] : [item.json])),
    isWhole: known.every((item) => item?.isWhole === true),
  };
}

function object(entries: readonly (readonly [key: Glimpse, value: Glimpse])[]): KnownJson {
  const json: Record<string, Json> = {};
  let isWhole = true;
  for (const [key, value] of entries) {
    const known = jsonOf(value);
    if (key.kind === 'value' && typeof key.value === 'string' && known !== null) {
      setKey(json, key.value, known.json);
      isWhole &&= known.isWhole;
    } else isWhole = false;
  }
  return { json, isWhole };
}
