/** The data of a script, written as JSON text. */
import type { JsonObject } from '../../../../core/index.js';

/** What a text says: an object, nothing at all, or what is wrong with it. */
export type ReadData = { readonly data?: JsonObject } | { readonly fault: string };

/** Reads the text; empty text is no data. */
export function readData(text: string): ReadData {
  if (text.trim() === '') return {};
  try {
    const data = JSON.parse(text) as unknown;
    if (typeof data !== 'object' || data === null || Array.isArray(data)) {
      return { fault: 'data is an object: {"name": value}' };
    }
    return { data: data as JsonObject };
  } catch (error) {
    return { fault: error instanceof Error ? error.message : 'this is no JSON' };
  }
}
