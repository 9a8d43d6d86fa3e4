/**
 * Runs a chunk to its end although assertions fail on the way.
 *
 * A failed assertion ends the run, so that the engine says on which line it stands; the chunk is then run
 * again with that assertion passed over, and so on until no more fail. The same goes for errors that a
 * script cannot catch, such as limits, where the chunk asserts that a function raises one. Runs are
 * deterministic, so the n-th assertion of one run is the n-th of the next.
 */
import {
  Builtin,
  NO_NAMES,
  StarlarkError,
  positionOf,
  runStarlark,
} from '../../../runtimes/starlark/index.js';
import type { Dialect, Eventual, Predeclared, Thread, Value } from '../../../runtimes/starlark/index.js';

/** What the assertions of a suite are made of. */
export interface Stage {
  /** A function that asserts: `check` answers why it fails, or undefined. */
  assertion(name: string, check: (thread: Thread, args: Value[]) => string | undefined): Builtin;
  /** A function that calls its first argument, which must raise an error worded as its second says. */
  raising(name: string): Builtin;
}

/** What a chunk finds, and what it may load. */
export interface Properties {
  readonly predeclared: Predeclared;
  readonly load: (module: string) => Value;
}

/** How it went. */
export interface Performance {
  readonly failed: readonly { readonly line: number; readonly text: string }[];
  /** Errors that an assertion wanted: met, and those that did not come. */
  readonly raised: readonly { readonly message: string; readonly wording: string }[];
  readonly unraised: number;
  /** What ended the chunk early. */
  readonly errors: readonly StarlarkError[];
}

const LIMITS = { steps: 20_000_000, valueBytes: 4 << 20, wallTimeMs: 20_000 };
const ASSERTION = 'assertion';
/** Limits that are errors like others in starlark-go. */
const CAUGHT = /^limit\/(depth|memory)$/;

/** Runs a chunk; `furnish` makes what it finds, anew for each run. */
export async function rehearse(
  source: string,
  dialect: Dialect,
  furnish: (stage: Stage) => Properties,
): Promise<Performance> {
  const failed: { line: number; text: string }[] = [];
  const known = new Map<number, string | null>();
  for (;;) {
    const counter = new Counter(known);
    const result = await runStarlark(source, { dialect, ...furnish(counter), limits: LIMITS });
    const error = result.ok ? undefined : result.error;
    if (error?.code === ASSERTION) {
      failed.push({ line: lineOf(error, source), text: error.message });
      known.set(counter.failing, null);
    } else if (error === undefined || !CAUGHT.test(error.code) || counter.catches.length === 0) {
      const errors = error === undefined ? [] : [error, ...error.also];
      return { failed, raised: counter.raised, unraised: counter.unraised, errors };
    } else {
      known.set(counter.catches.at(-1)!, error.message);
    }
  }
}

/** The line of an error, from 1. */
export function lineOf({ at }: StarlarkError, source: string): number {
  return at === undefined ? 0 : positionOf(source, at).line;
}

/**
 * Counts assertions, and passes over those that are known: null for one that failed, a message for one
 * whose function raises what a script cannot catch.
 */
class Counter implements Stage {
  private count = 0;
  /** The number of the assertion that failed. */
  failing = 0;
  /** The numbers of the catches that are under way, outermost first. */
  readonly catches: number[] = [];
  readonly raised: { message: string; wording: string }[] = [];
  unraised = 0;

  constructor(private readonly known: ReadonlyMap<number, string | null>) {}

  assertion(name: string, check: (thread: Thread, args: Value[]) => string | undefined): Builtin {
    return new Builtin(name, (thread, args) => {
      const number = ++this.count;
      if (this.known.has(number)) return null;
      const why = check(thread, args);
      return why === undefined ? null : this.fail(number, why);
    });
  }

  raising(name: string): Builtin {
    return new Builtin(name, (thread, args) => this.raise(thread, args, ++this.count), true);
  }

  private raise(thread: Thread, [f, pattern]: Value[], number: number): Eventual {
    const wording = typeof pattern === 'string' ? pattern : '';
    const known = this.known.get(number);
    if (known === null) {
      this.unraised++;
      return null;
    }
    const caught = (message: string): null => {
      this.raised.push({ message, wording });
      return null;
    };
    if (known !== undefined) return caught(known);
    this.catches.push(number);
    return thread.guard(
      f!,
      [],
      NO_NAMES,
      () => this.fail(number, `no error like ${wording}`),
      ({ message }) => {
        this.catches.pop();
        return caught(message);
      },
    );
  }

  private fail(number: number, why: string): never {
    this.failing = number;
    throw new StarlarkError(ASSERTION, why);
  }
}
