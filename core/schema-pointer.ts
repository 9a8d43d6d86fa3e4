/** Follows references within one schema: `#`, and JSON pointers behind it (`#/$defs/a~1b`). */
import { isJsonArray, isJsonObject } from './json.js';
import type { Json } from './json.js';

/** Longer references lead nowhere. */
const MAX_LENGTH = 1_000;

/** What a reference means; undefined for one that leaves the schema, or leads to nothing in it. */
export function referenced(root: Json, reference: Json | undefined): Json | undefined {
  if (typeof reference !== 'string' || reference.length > MAX_LENGTH) return undefined;
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let at: Json | undefined = root;
  for (const step of decoded(reference.slice(2)).split('/')) {
    at = member(at, step.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return at;
}

/** The pointer is the fragment of a URI: `%24defs` is `$defs`. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

function member(value: Json | undefined, key: string): Json | undefined {
  if (isJsonArray(value)) return /^\d{1,9}$/.test(key) ? value[Number(key)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}
