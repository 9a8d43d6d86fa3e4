/**
 * Splits texts and names into words, in lower case and without accents.
 *
 * Names are split where their parts meet: `searchRepo_byURL` is search, repo, by, url. A word of capitals
 * within, as GitHub, is one word in prose, and its parts too in a name. Scripts that write no spaces are
 * indexed by pairs of characters.
 */

/** Where words stand decides how they are split. */
export type Place = 'prose' | 'name';

/** Words of a text as they are written, in order; {@link partsOf} splits them. */
export function wordsOf(text: string): readonly string[] {
  if (ASCII.test(text)) return text.match(PLAIN_WORD) ?? [];
  return text.normalize('NFKC').match(WORD) ?? [];
}

/** What a word is made of: itself or its parts, or both. */
export function partsOf(word: string, place: Place): readonly string[] {
  const parts = UNSPACED.test(word) ? pairsOf(word) : camelParts(word, place).flatMap(withLetters);
  return parts.filter(isTelling);
}

const ASCII = /^[ -~\s]*$/;
const PLAIN_WORD = /[A-Za-z0-9]+/g;
const WORD = /[\p{L}\p{M}\p{N}]+/gu;
/** Thai, Lao, Burmese, Khmer, Kana, Han, Hangul: scripts that are written without spaces, or nearly so. */
const UNSPACED = /[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/;
const UNSPACED_BORDER = new RegExp(
  `(?<=${UNSPACED.source})(?!${UNSPACED.source})|(?<!${UNSPACED.source})(?=${UNSPACED.source})`,
);
const LOWER_CAMEL = /^\p{Ll}+[\p{Ll}\p{N}]*\p{Lu}/u;
const CAMEL_BORDER = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;
const LETTERS = /\p{L}{3,}/gu;
const DIGIT = /\p{N}/u;
const MARKS = /\p{M}+/gu;

/** The parts of a word of capitals within, and the whole. In prose, one that begins with a capital is a name. */
function camelParts(word: string, place: Place): string[] {
  const whole = withoutMarks(word.toLowerCase());
  if (place === 'prose' && !LOWER_CAMEL.test(word)) return [whole];
  const parts = word.split(CAMEL_BORDER).map((part) => withoutMarks(part.toLowerCase()));
  return parts.length === 1 ? parts : [...parts, whole];
}

/** `page2` is also page; `s3` and `k8s` stay what they are. */
function withLetters(word: string): string[] {
  return DIGIT.test(word) ? [word, ...(word.match(LETTERS) ?? [])] : [word];
}

function withoutMarks(word: string): string {
  return ASCII.test(word) ? word : word.normalize('NFD').replace(MARKS, '');
}

/** Each pair of neighbours in what is written without spaces: it finds what a dictionary would, and needs none. */
function pairsOf(word: string): string[] {
  const runs = word.toLowerCase().split(UNSPACED_BORDER);
  return runs.flatMap((run) => {
    const characters = Array.from(run);
    if (characters.length < 3 || !UNSPACED.test(run)) return [run];
    return characters.slice(1).map((character, index) => characters[index]! + character);
  });
}

/** A single letter tells nothing; a digit or a character of an unspaced script may. */
function isTelling(word: string): boolean {
  return word.length > 1 || DIGIT.test(word) || UNSPACED.test(word);
}
