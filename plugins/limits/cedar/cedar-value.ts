/**
 * JSON as Cedar can hold it. It knows texts, truth values, whole numbers, sets and records.
 *
 * | JSON | Cedar |
 * | --- | --- |
 * | a whole number up to 2^53 | Long |
 * | any other number | String: its digits |
 * | null | not there: `has` is false |
 * | an array | Set |
 *
 * What it cannot hold at all is refused, for a rule must not be passed by an argument that it cannot see:
 * values nested too deep or too many, and keys that Cedar reads as its own.
 */
import type { CedarValueJson } from '@cedar-policy/cedar-wasm/nodejs';

import { isJsonArray, isJsonObject, setKey, type Json, type JsonObject } from '../../../core/index.js';

/** A record of Cedar. */
export type CedarRecord = Record<string, CedarValueJson>;

const MAX_DEPTH = 32;
const MAX_VALUES = 20_000;
const MAX_TEXT = 1_000_000;
const OWN_KEYS: ReadonlySet<string> = new Set(['__entity', '__extn', '__expr']);

/** Why something cannot be judged; for sinks. */
export class Unjudgeable extends Error {}

/** Throws {@link Unjudgeable}. */
export function cedarRecord(object: JsonObject): CedarRecord {
  return new Conversion().record(object, 0);
}

class Conversion {
  #values = 0;
  #text = 0;

  record(object: JsonObject, depth: number): CedarRecord {
    const record: CedarRecord = {};
    for (const [key, item] of Object.entries(object)) {
      if (OWN_KEYS.has(key)) throw new Unjudgeable('a key that Cedar reads as its own');
      const value = this.#value(item, depth + 1);
      if (value !== undefined) setKey(record, wellFormed(key), value);
    }
    return record;
  }

  #value(value: Json | undefined, depth: number): CedarValueJson | undefined {
    this.#values += 1;
    if (this.#values > MAX_VALUES || depth > MAX_DEPTH)
      throw new Unjudgeable('values too many or too deep for Cedar');
    if (isJsonArray(value)) return value.map((item) => this.#value(item, depth + 1) ?? []);
    if (isJsonObject(value)) return this.record(value, depth);
    if (typeof value === 'boolean') return value;
    if (typeof value === 'string') return this.#string(value);
    if (typeof value === 'bigint') return this.#string(String(value));
    return typeof value === 'number' ? numberOf(value) : undefined;
  }

  #string(text: string): string {
    this.#text += text.length;
    if (this.#text > MAX_TEXT) throw new Unjudgeable('texts too long for Cedar');
    return wellFormed(text);
  }
}

/** Half of a pair is no text to Cedar. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}

function numberOf(number: number): CedarValueJson {
  return Number.isSafeInteger(number) ? number : String(number);
}
