/** Compiled patterns, kept for one run. */
import { chargeScan } from '../../values/index.js';
import type { Budget } from '../../values/index.js';
import { loadedEngine } from './engine.js';
import type { Program } from './engine.js';
import { MeteredText } from './metered-text.js';
import { estimatedInstructions, wideClasses } from './pattern-size.js';
import { engineText, fault } from './pattern-text.js';

/** The flags as Python numbers them. */
export const FLAGS = {
  IGNORECASE: 2,
  MULTILINE: 8,
  DOTALL: 16,
  UNICODE: 32,
  VERBOSE: 64,
  ASCII: 256,
} as const;

/** Units of a pattern, as the engine reads it. */
const MOST_UNITS = 2_000;
/** Instructions of a compiled pattern. */
const MOST_INSTRUCTIONS = 3_000;
/** Steps to compile: for a unit of a pattern, for a class by a property, and for an instruction. */
const STEPS_PER_UNIT = 20;
const STEPS_PER_WIDE_CLASS = 1_000;
const STEPS_PER_INSTRUCTION = 10;
const BYTES_PER_INSTRUCTION = 300;
/** Patterns that a run keeps. */
const MOST_KEPT = 64;

/** Where a group was matched: its start and end; both −1 for one that took no part. */
export type Spans = readonly (readonly [start: number, end: number])[];

/** How a search is anchored. */
export type Anchor = 'search' | 'match' | 'fullmatch';

/** A pattern, ready to match. */
export class Compiled {
  readonly groups: number;
  /** The names of groups, and their numbers, in order. */
  readonly names: ReadonlyMap<string, number>;
  readonly instructions: number;

  constructor(
    readonly source: string,
    readonly flags: number,
    readonly program: Program,
  ) {
    this.groups = program.groupCount();
    const names = Object.entries(program.namedGroups()).sort(([, x], [, y]) => x - y);
    this.names = new Map(names);
    this.instructions = program.programSize();
  }
}

/** Searches one text, from left to right. */
export class Scan {
  private readonly metered: MeteredText;
  private readonly matcher: ReturnType<Program['matcher']>;

  constructor(
    private readonly budget: Budget,
    private readonly compiled: Compiled,
    readonly text: string,
  ) {
    this.metered = new MeteredText(budget, text, compiled.instructions);
    this.matcher = compiled.program.matcher(loadedEngine().MatcherInput.utf16(this.metered));
  }

  /** The first match at or after a place, or null. */
  find(from: number, anchor: Anchor = 'search'): Spans | null {
    const { compiled, matcher, metered, budget } = this;
    budget.step(1);
    metered.beginSearch();
    const found =
      anchor === 'search' ? matcher.find(from) : anchor === 'match' ? matcher.lookingAt() : matcher.matches();
    if (!found) return null;
    budget.allocate(64 * (compiled.groups + 1));
    return Array.from({ length: compiled.groups + 1 }, (_, group) => [
      matcher.start(group),
      matcher.end(group),
    ]);
  }
}

const kept = new WeakMap<Budget, Map<string, Compiled>>();

/** Compiles a pattern, or finds it among those of the run. */
export function compilePattern(budget: Budget, pattern: string, flags: number): Compiled {
  const known = kept.get(budget) ?? new Map<string, Compiled>();
  kept.set(budget, known);
  const key = `${flags}:${pattern}`;
  chargeScan(budget, pattern.length);
  const before = known.get(key);
  if (before !== undefined) return before;
  const compiled = compiledNow(budget, pattern, flags);
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, compiled);
  return compiled;
}

function compiledNow(budget: Budget, pattern: string, flags: number): Compiled {
  if ((flags & FLAGS.VERBOSE) !== 0) {
    throw fault('got the flag VERBOSE, which is not here', 'leave blanks and comments out of the pattern');
  }
  checkLength(pattern);
  const text = engineText(pattern, (flags & FLAGS.ASCII) !== 0);
  checkLength(text);
  budget.step(STEPS_PER_UNIT * text.length + STEPS_PER_WIDE_CLASS * wideClasses(text));
  // An estimate errs upwards: the doubtful are compiled, and counted.
  if (estimatedInstructions(text) > 2 * MOST_INSTRUCTIONS) throw tooLarge();
  const compiled = new Compiled(pattern, flags, programOf(text, flags));
  if (compiled.instructions > MOST_INSTRUCTIONS) throw tooLarge();
  budget.step(STEPS_PER_INSTRUCTION * compiled.instructions);
  budget.allocate(BYTES_PER_INSTRUCTION * compiled.instructions);
  return compiled;
}

function checkLength(text: string): void {
  if (text.length > MOST_UNITS) throw tooLarge();
}

function tooLarge(): unknown {
  return fault('it is too large', 'repeat less, or look for several patterns one after another');
}

function programOf(text: string, flags: number): Program {
  const { RE2JS } = loadedEngine();
  const own =
    ((flags & FLAGS.IGNORECASE) !== 0 ? RE2JS.CASE_INSENSITIVE : 0) |
    ((flags & FLAGS.MULTILINE) !== 0 ? RE2JS.MULTILINE : 0) |
    ((flags & FLAGS.DOTALL) !== 0 ? RE2JS.DOTALL : 0);
  try {
    return RE2JS.compile(text, own);
  } catch (error) {
    throw fault(reasonOf(error), hintOf(error));
  }
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : 'it cannot be read';
  return message.replace('error parsing regexp: ', '');
}

function hintOf(error: unknown): string | undefined {
  return reasonOf(error).startsWith('invalid repeat count') ? 'a part repeats 1000 times at most' : undefined;
}
