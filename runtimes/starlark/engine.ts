/**
 * The engine: from the text of a script to its value.
 *
 * `prepare` knows everything that can be known before anything runs; `execute` runs what was prepared,
 * once. Neither knows what a tool is: functions of the host are Builtins among the predeclared names.
 */
import {
  method,
  FOREIGN_MEMBERS,
  mayHaveField,
  methodNames,
  openField,
  openMethod,
  openMethodNames,
  openUniverse,
  universe,
} from './builtins/index.js';
import { compile } from './compile/index.js';
import type { Names } from './compile/index.js';
import { StarlarkError } from './error.js';
import { Preflight } from './preflight/index.js';
import type { Known } from './preflight/index.js';
import { resolve } from './resolve/index.js';
import type { Faults, Met } from './resolve/index.js';
import {
  Scheduler,
  asStarlarkError,
  attempt,
  nextTurn,
  parallel,
  retryWith,
  systemClock,
} from './schedule/index.js';
import type { Clock, Ending } from './schedule/index.js';
import { OPEN_DIALECT, parse } from './syntax/index.js';
import type { Dialect } from './syntax/dialect.js';
import type { ResolvedProgram } from './syntax/tree.js';
import { Budget, Module, PENDING, getAttribute } from './values/index.js';
import type { BudgetLimits, MethodBody, Value } from './values/index.js';

/** Values that the host gives, by name. */
export interface Predeclared extends Names {
  has(name: string): boolean;
  keys(): Iterable<string>;
  /** What to write instead of a name that is not among these. */
  hint?(name: string): string | undefined;
}

/** What a run may use. `Infinity` is off. */
export interface EngineLimits extends Omit<BudgetLimits, 'now' | 'deadline'> {
  /** Milliseconds from start to end. */
  readonly wallTimeMs: number;
}

/** The limits of a run for which nobody said otherwise. */
export const DEFAULT_ENGINE_LIMITS: EngineLimits = {
  steps: 1_000_000,
  memoryBytes: 128 * 1024 * 1024,
  valueBytes: 16 * 1024 * 1024,
  callDepth: 200,
  valueDepth: 200,
  integerBits: 1 << 20,
  wallTimeMs: 60_000,
  sliceMs: 10,
};

/** What is known of a script before it runs. */
export interface PrepareOptions {
  /** Default: {@link OPEN_DIALECT}. */
  readonly dialect?: Dialect;
  /** Default: nothing. */
  readonly predeclared?: Predeclared;
}

/** A script that is read and resolved; it may run any number of times. */
export interface Prepared {
  readonly resolved: ResolvedProgram;
  readonly dialect: Dialect;
  readonly predeclared: Predeclared;
}

/** What a run is given. */
export interface ExecuteOptions {
  readonly limits?: Partial<EngineLimits>;
  /** Takes what is printed, line by line. What it throws ends the script. */
  readonly print?: (line: string) => void;
  /** Ends the run; a StarlarkError as its reason is the run's error, else that is `cancelled`. */
  readonly signal?: AbortSignal;
  /** Fetches what `load` names: a module, or a promise of one. */
  readonly load?: (module: string) => Value | Promise<Value>;
  readonly clock?: Clock;
  /** Calls back when the event loop has seen to what else waits. */
  readonly yieldToEventLoop?: (callback: () => void) => void;
}

/** What a run used. */
export interface EngineUsage {
  readonly steps: number;
  readonly memoryBytes: number;
  /** Branches started by `parallel`. */
  readonly branches: number;
}

/** How a run ended, and what it used. */
export type RunResult = Ending & { readonly usage: EngineUsage };

/** A run under way. */
export interface Execution {
  /** Never rejects. */
  readonly result: Promise<RunResult>;
  /** The run's budget: what is done with its value is charged to it, too. */
  readonly budget: Budget;
  /** Ends the run with this error; nothing of it runs afterwards. */
  cancel(error: StarlarkError): void;
}

/** The functions of the language that the scheduler does: names that no tool may take. */
export const COORDINATION_NAMES: readonly string[] = ['parallel', 'attempt', 'retry'];

/** Reads and resolves a script. Throws the first fault with all others in `also`. */
export function prepare(source: string, options: PrepareOptions = {}): Prepared {
  const { dialect = OPEN_DIALECT, predeclared = NOTHING } = options;
  const language = languageOf(dialect).universe;
  const resolved = resolve(parse(source, dialect), {
    dialect,
    isPredeclared: (name) => predeclared.has(name),
    isUniversal: (name) => language.has(name) || COORDINATION_NAMES.includes(name),
    hint: (name) => predeclared.hint?.(name),
    names: () => [...predeclared.keys(), ...language.keys(), ...COORDINATION_NAMES],
    ...(dialect.preflight && { inspect: preflightOf(dialect, predeclared) }),
    membersOf: (module) => {
      const value = predeclared.get(module) ?? language.get(module);
      return value instanceof Module ? [...value.members.keys()] : undefined;
    },
  });
  return { resolved, dialect, predeclared };
}

/** Runs a prepared script, from the beginning. A script that never waits is done when this returns. */
export function execute(prepared: Prepared, options: ExecuteOptions = {}): Execution {
  const { clock = systemClock, yieldToEventLoop = nextTurn, print = () => undefined } = options;
  const { recursion, iterableStrings } = prepared.dialect;
  const limits = budgetLimits({ ...DEFAULT_ENGINE_LIMITS, ...options.limits }, clock);
  const budget = new Budget(limits, iterableStrings);
  const scheduler = new Scheduler({ budget, clock, yieldToEventLoop, print, recursion });
  const cancel = (error: StarlarkError): void => {
    scheduler.cancel(error);
  };
  const stopListening = listen(options.signal, cancel);
  const environment = environmentOf(prepared, scheduler, options);
  const result = new Promise<RunResult>((settle) => {
    scheduler.start(
      () => compile(prepared.resolved, scheduler, environment).main(),
      (ending) => {
        stopListening();
        const { steps, memoryBytes } = budget;
        settle({ ...ending, usage: { steps, memoryBytes, branches: scheduler.branches } });
      },
    );
  });
  return { result, budget, cancel };
}

/** Reads, resolves and runs a script. Never rejects. */
export async function runStarlark(
  source: string,
  options: PrepareOptions & ExecuteOptions = {},
): Promise<RunResult> {
  let prepared: Prepared;
  try {
    prepared = prepare(source, options);
  } catch (error) {
    return { ok: false, error: asStarlarkError(error), usage: UNUSED };
  }
  return execute(prepared, options).result;
}

const NOTHING: Predeclared = new Map<string, Value>();
const UNUSED: EngineUsage = { steps: 0, memoryBytes: 0, branches: 0 };

/** What a script finds in every run. */
interface Language {
  readonly universe: ReadonlyMap<string, Value>;
  readonly method: (value: Value, name: string) => MethodBody | undefined;
  readonly methodNames: (value: Value) => readonly string[];
  readonly field: (value: Value, name: string) => Value | undefined;
  readonly mayHaveField: (value: Value, name: string) => boolean;
  readonly memberHints: ReadonlyMap<string, string>;
}

const OPEN: Language = {
  universe: openUniverse,
  method: openMethod,
  methodNames: openMethodNames,
  field: openField,
  mayHaveField,
  memberHints: FOREIGN_MEMBERS,
};
const STRICT: Language = {
  universe,
  method,
  methodNames,
  field: getAttribute,
  mayHaveField: (value, name) => getAttribute(value, name) !== undefined,
  memberHints: FOREIGN_MEMBERS,
};

function languageOf({ openUniverse: open }: Dialect): Language {
  return open ? OPEN : STRICT;
}

/** What no script finds in its way is found here: `retry` never sleeps. */
const COORDINATION: ReadonlyMap<string, Value> = new Map(
  [parallel, attempt, retryWith(() => PENDING)].map((builtin) => [builtin.name, builtin]),
);

function preflightOf(dialect: Dialect, predeclared: Predeclared): (met: Met, faults: Faults) => void {
  const language = languageOf(dialect);
  const known: Known = {
    ...language,
    predeclared: (name) => predeclared.get(name),
    universal: (name) => COORDINATION.get(name) ?? language.universe.get(name),
  };
  return (met, faults) => {
    new Preflight(known, faults).inspect(met);
  };
}

function environmentOf({ dialect, predeclared }: Prepared, scheduler: Scheduler, { load }: ExecuteOptions) {
  const language = languageOf(dialect);
  const coordination = new Map<string, Value>([
    ['parallel', parallel],
    ['attempt', attempt],
    ['retry', retryWith((delayMs) => scheduler.sleep(delayMs))],
  ]);
  const names: Names = {
    get: (name) => (coordination.has(name) ? coordination : language.universe).get(name),
  };
  return { ...language, predeclared, universe: names, load };
}

function budgetLimits({ wallTimeMs, ...limits }: EngineLimits, clock: Clock): BudgetLimits {
  return { ...limits, deadline: clock.now() + wallTimeMs, now: () => clock.now() };
}

/** Cancels when the signal aborts; the answer stops that. */
function listen(signal: AbortSignal | undefined, cancel: (error: StarlarkError) => void): () => void {
  if (signal === undefined) return () => undefined;
  const abort = (): void => {
    const { reason } = signal as { reason: unknown };
    cancel(reason instanceof StarlarkError ? reason : new StarlarkError('cancelled', 'run: cancelled'));
  };
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return () => {
    signal.removeEventListener('abort', abort);
  };
}
