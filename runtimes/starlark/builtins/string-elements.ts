/**
 * Methods that take strings and bytes apart.
 *
 * The specification leaves open what they answer, as long as one can loop over it; here it is a list, so
 * that it can be indexed, measured and printed as well.
 */
import { List, chargeItems } from '../values/index.js';
import type { Bytes, Thread } from '../values/index.js';
import { chargePieces } from './many.js';

/** The UTF-16 units, each as a string. */
export function elems({ budget }: Thread, text: string): List {
  chargeItems(budget, text.length);
  return new List(text.split(''));
}

/** The UTF-16 units, each as an int. */
export function elemOrds({ budget }: Thread, text: string): List {
  chargeItems(budget, text.length);
  return new List(Array.from({ length: text.length }, (_, at) => text.charCodeAt(at)));
}

/** The code points, each as a string; half of a pair is one too. */
export function codepoints({ budget }: Thread, text: string): List {
  chargePieces(budget, text.length, text.length);
  return new List(Array.from(text));
}

/** The code points, each as an int. */
export function codepointOrds({ budget }: Thread, text: string): List {
  chargeItems(budget, text.length);
  return new List(Array.from(text, (character) => character.codePointAt(0)!));
}

/** The bytes, each as an int. */
export function byteElems({ budget }: Thread, bytes: Bytes): List {
  chargeItems(budget, bytes.data.length);
  return new List([...bytes.data]);
}
