/** Lines of execution: the script itself, and one for each callable that is run at the same time. */
import type { StarlarkError } from '../error.js';
import type { Completion, Continuation, FunctionCode, Unwinding } from '../compile/index.js';
import type { Value } from '../values/index.js';

/** What goes on with a value; the scheduler tells the two apart by type. */
export type Resumption = Continuation | Unwinding;

/** One line of execution: its stack while it waits, and what it printed. */
export class Branch {
  /** What is left to do, innermost last. */
  readonly stack: Resumption[] = [];
  /** What the innermost resumption gets when the branch goes on: a completion, or an error. */
  completion: Completion = undefined;
  error: StarlarkError | null = null;
  /** Counts how often it went on, so that an old promise cannot resume it. */
  turn = 0;
  /** Lines printed and not handed on yet. */
  readonly logs: string[] = [];
  /** The branches that it waits for. */
  fork: Fork | null = null;

  constructor(
    /** Where it came from; null for the script itself. */
    readonly origin: { readonly fork: Fork; readonly index: number } | null,
    /** Calls within calls. */
    public depth: number,
    /** The functions that run, by depth, where recursion is forbidden. */
    readonly callers: FunctionCode[] | null,
  ) {}
}

/** Branches that run at the same time, and the one that waits for them. */
export class Fork {
  readonly branches: Branch[] = [];
  readonly results: Value[] = [];
  private readonly errors: (StarlarkError | undefined)[] = [];
  private running: number;

  constructor(
    readonly parent: Branch,
    count: number,
  ) {
    this.running = count;
    for (let i = 0; i < count; i++) this.results.push(null);
  }

  /** Notes how a branch ended. Answers whether all have. */
  settle(index: number, result: Value, error: StarlarkError | null): boolean {
    this.results[index] = result;
    if (error !== null) this.errors[index] = error;
    return --this.running === 0;
  }

  /** The error of the first branch that failed, by index. */
  get firstError(): StarlarkError | null {
    return this.errors.find((error) => error !== undefined) ?? null;
  }
}

/** What a branch printed, and after it what the branches printed that it still waits for. */
export function* linesOf(branch: Branch): Iterable<string> {
  yield* branch.logs;
  for (const child of branch.fork?.branches ?? []) yield* linesOf(child);
}
