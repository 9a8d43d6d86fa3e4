/** Puts a composition together: chooses nothing, wires what it is given. */
import type { Clock } from './clock.js';
import type { CodeMode } from './code-mode.js';
import { ToolscriptError } from './error.js';
import type { LimitPolicy, Limits } from './limit-policy.js';
import type { ScriptRuntime } from './script-runtime.js';
import type { TelemetrySink } from './telemetry-sink.js';
import type { ToolDispatcher } from './tool-dispatcher.js';

/** The parts of a composition. `CodeMode.close` closes them all. */
export interface CodeModeParts {
  readonly runtime: ScriptRuntime;
  /** Default: no tools. */
  readonly dispatcher?: ToolDispatcher;
  /** A policy, or limits for everyone; what is left out is the default. */
  readonly limits?: LimitPolicy | Partial<Limits>;
  /** Default: none. */
  readonly sinks?: readonly TelemetrySink[];
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/** Composes code mode. Rejects with `config/invalid`, and then closes what it was given. */
export function createCodeMode(_parts: CodeModeParts): Promise<CodeMode> {
  return Promise.reject(new ToolscriptError({ code: 'internal', message: 'compose: not built yet' }));
}
