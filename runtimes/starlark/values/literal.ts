/** Values as the text of a script writes them. */
import { Bytes, Float } from './value.js';
import type { Value } from './value.js';

/** The value of a literal as the parser reads it: a number without a point is an int. */
export function literalValue(
  literal: number | bigint | string | { readonly float: number } | { readonly bytes: Uint8Array },
): Value {
  if (typeof literal !== 'object') return literal;
  return 'float' in literal ? new Float(literal.float) : new Bytes(literal.bytes);
}
