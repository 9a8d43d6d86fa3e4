/**
 * What clients of 2026-07-28 say of themselves with each of their requests, as texts that were found good.
 * A close look at it costs more than the rest of what a request costs; a client says the same every time.
 */
import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  PROTOCOL_VERSION_META_KEY,
} from '@modelcontextprotocol/server';

import type { JsonObject } from '../../../core/index.js';

const SAID: readonly string[] = [
  PROTOCOL_VERSION_META_KEY,
  CLIENT_INFO_META_KEY,
  CLIENT_CAPABILITIES_META_KEY,
  'io.modelcontextprotocol/logLevel',
];
/** What may stand beside, each a text. */
const BESIDE: ReadonlySet<string> = new Set(['progressToken', 'traceparent', 'tracestate', 'baggage']);

const MAX_KNOWN = 1_000;
const MAX_LENGTH = 4_096;

/** Those of one endpoint. */
export class KnownClients {
  /** The one known for longest first. */
  readonly #texts = new Set<string>();

  /** Whether all of a `_meta` is known to be good. */
  knows(meta: JsonObject): boolean {
    return this.#texts.size > 0 && areTexts(meta) && this.#texts.has(textOf(meta));
  }

  /** Such a `_meta` was found good. */
  add(meta: JsonObject): void {
    const text = textOf(meta);
    if (text.length > MAX_LENGTH || !areTexts(meta)) return;
    this.#texts.add(text);
    const [first] = this.#texts;
    if (first !== undefined && this.#texts.size > MAX_KNOWN) this.#texts.delete(first);
  }
}

function textOf(meta: JsonObject): string {
  return JSON.stringify(SAID.map((key) => (Object.hasOwn(meta, key) ? [meta[key]] : [])));
}

function areTexts(meta: JsonObject): boolean {
  return Object.entries(meta).every(
    ([key, value]) => SAID.includes(key) || (BESIDE.has(key) && typeof value === 'string'),
  );
}
