/** Methods of strings that tell what their characters are. */
import { chargeScan, textBlocks } from '../values/index.js';
import type { Budget, Thread } from '../values/index.js';
import { skipSpaces } from './characters.js';

type Test = (thread: Thread, text: string) => boolean;

/** Letters and decimal digits. */
export const isalnum = consistsOf(/^[\p{L}\p{Nd}]+$/u);
/** Letters. */
export const isalpha = consistsOf(/^\p{L}+$/u);
/** Decimal digits of any script. */
export const isdigit = consistsOf(/^\p{Nd}+$/u);
/** Whatever Unicode counts as a number. */
export const isnumeric = consistsOf(/^\p{N}+$/u);

/** ASCII characters; none of them will do. */
export const isascii = consistsOf(/^[\0-\x7f]*$/);
/** What may be a name. */
export const isidentifier = consistsOf(/^[\p{L}_][\p{L}\p{Nd}_]*$/u);

/** White space as {@link skipSpaces} knows it. */
export function isspace({ budget }: Thread, text: string): boolean {
  chargeScan(budget, text.length);
  return text !== '' && skipSpaces(text, 0) === text.length;
}

/** Some letter has a case, and all that have are lower. */
export function islower({ budget }: Thread, text: string): boolean {
  return hasCase(budget, text) && text === text.toLowerCase();
}

/** Some letter has a case, and all that have are upper. */
export function isupper({ budget }: Thread, text: string): boolean {
  return hasCase(budget, text) && text === text.toUpperCase();
}

/** Whether upper case stands only where a word begins, and lower case only within one. */
export function istitle({ budget }: Thread, text: string): boolean {
  return hasCase(budget, text) && !OUT_OF_PLACE.test(text);
}

/** The last four are two letters in one, both upper case: in a title only the first would be. */
const OUT_OF_PLACE = /(?<=[\p{Lu}\p{Ll}\p{Lt}])[\p{Lu}\p{Lt}]|(?<![\p{Lu}\p{Ll}\p{Lt}])\p{Ll}|[ǄǇǊǱ]/u;

/** Block by block: on a long text a pattern would run out of stack. */
function consistsOf(pattern: RegExp): Test {
  return ({ budget }, text) => {
    chargeScan(budget, 4 * text.length);
    if (text === '') return false;
    for (const block of textBlocks(text)) if (!pattern.test(block)) return false;
    return true;
  };
}

/** Charges for the change of case that follows, too. */
function hasCase(budget: Budget, text: string): boolean {
  chargeScan(budget, 4 * text.length);
  return /\p{Changes_When_Casemapped}/u.test(text);
}
