/**
 * Tests patterns of strangers against texts of strangers in bounded time.
 *
 * JavaScript's engine backtracks: the time of `(a+)+$` doubles with each character. A pattern is tested
 * only when its worst case can be read off it: no back reference, no look-around, and no repeated group
 * that can itself match in several ways. With `r` repetitions, `c` choices and a text of `n` units the
 * worst case is about 2^c * n^(r+1) steps; where that is above a bound the text passes untested. The
 * server behind the tool judges it anyway.
 */

const MAX_STEPS = 5e6;
const MAX_PATTERN_LENGTH = 1_000;

/** A test that answers soon: true also for what would take too long to tell. Undefined: cannot be tested. */
export function boundedTest(pattern: string): ((text: string) => boolean) | undefined {
  const maxLength = longestText(pattern);
  const expression = maxLength < 1 ? undefined : compiled(pattern);
  if (expression === undefined) return undefined;
  return (text) => text.length > maxLength || expression.test(text);
}

function compiled(pattern: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(pattern, flags);
    } catch {
      // Patterns written for other engines often fit only without `u`.
    }
  }
  return undefined;
}

/** The longest text that a pattern may be tested against, in UTF-16 units; 0 when the worst case is unknown. */
function longestText(pattern: string): number {
  if (pattern.length > MAX_PATTERN_LENGTH) return 0;
  const cost = new PatternCost();
  for (const [part] of pattern.matchAll(PARTS)) {
    if (!cost.add(part)) return 0;
  }
  return Math.pow(MAX_STEPS / Math.pow(2, cost.choices), 1 / (cost.repetitions + 1));
}

/** What matters for the cost of a pattern, an alternative each: escapes, classes, groups, quantifiers, choices. */
const PARTS =
  /\\(?:[1-9]|k<)|\(\?(?:[=!]|<[=!])|\\[^]|\[(?:\\[^]|[^\]\\])*\]|\((?:\?:|\?<[^>]*>)?|\)|[*+?|]|\{\d+(?:,\d*)?\}|[^]/g;

const BACK_REFERENCE_OR_LOOK_AROUND = /^(?:\\(?:[1-9]|k<)|\(\?(?:[=!]|<[=!]))/;

const QUANTIFIER = /^(?:[*+]|\{\d+(?:,\d*)?\})$/;

/** Reads a pattern part by part; `add` answers false when its worst case cannot be told. */
class PatternCost {
  repetitions = 0;
  choices = 0;
  /** Of each open group, and of the pattern itself: whether it can match in more than one way. */
  readonly #open = [false];
  /** The same of the part before. */
  #last = false;

  add(part: string): boolean {
    if (BACK_REFERENCE_OR_LOOK_AROUND.test(part)) return false;
    if (part.startsWith('(')) this.#open.push(false);
    else if (part === ')') return this.#close();
    else if (part === '|' || part === '?') this.#choose();
    else if (QUANTIFIER.test(part)) return this.#repeat(part);
    else this.#last = false;
    return true;
  }

  #close(): boolean {
    const group = this.#open.pop()!;
    if (this.#open.length === 0) return false;
    this.#last = group;
    if (group) this.#markAmbiguous();
    return true;
  }

  #choose(): void {
    this.choices += 1;
    this.#markAmbiguous();
  }

  #repeat(part: string): boolean {
    if (this.#last) return false;
    const isFixed = part.startsWith('{') && !part.includes(',');
    if (isFixed) return true;
    this.repetitions += 1;
    this.#markAmbiguous();
    return true;
  }

  #markAmbiguous(): void {
    this.#open[this.#open.length - 1] = true;
  }
}
