/** What a run is given, and how it ends. */
import type { StarlarkError } from '../error.js';
import type { Budget, Value } from '../values/index.js';
import type { Clock } from './clock.js';

/** What a run is given. */
export interface RunOptions {
  readonly budget: Budget;
  readonly clock: Clock;
  readonly yieldToEventLoop: (callback: () => void) => void;
  readonly print: (line: string) => void;
  /** Whether functions may call themselves. */
  readonly recursion: boolean;
}

/** How a run ended. `fault` is what was thrown, where that was no error of the script. */
export type Ending =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: StarlarkError; readonly fault?: unknown };
