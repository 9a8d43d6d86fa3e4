/**
 * What every runtime keeps, as checks that any runner of tests can run:
 *
 *     for (const { name, run } of runtimeChecks({ make, scripts })) it(name, run)
 *
 * Nothing can end an endless loop that blocks this very process: a runtime that does not end its own makes the
 * tests hang, which says as much.
 */
import { systemClock } from '../clock.js';
import type { Clock } from '../clock.js';
import type { ScriptRuntime } from '../script-runtime.js';
import type { ContractCheck } from './contract-check.js';
import { RuntimeBench } from './runtime-bench.js';
import { CALL_PROMISES } from './runtime-call-promises.js';
import { CHECK_PROMISES } from './runtime-check-promises.js';
import { FACE_PROMISES } from './runtime-face-promises.js';
import { LIMIT_PROMISES } from './runtime-limit-promises.js';
import type { RuntimePromise } from './runtime-promise.js';
import { RESULT_PROMISES } from './runtime-result-promises.js';
import type { RuntimeScripts } from './runtime-scripts.js';

/** How the runtime is had, and what it runs. */
export interface RuntimeChecksOptions {
  /** Makes a new one, for each check; it is closed afterwards. */
  readonly make: () => ScriptRuntime | Promise<ScriptRuntime>;
  readonly scripts: RuntimeScripts;
  /** Milliseconds to wait for what should be over at once. Default: 5,000. */
  readonly patienceMs?: number;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

const PATIENCE_MS = 5_000;

const PROMISES: readonly RuntimePromise[] = [
  ...FACE_PROMISES,
  ...RESULT_PROMISES,
  ...CHECK_PROMISES,
  ...CALL_PROMISES,
  ...LIMIT_PROMISES,
];

/** The names of all checks, also of those that need scripts which a language does not have. */
export const RUNTIME_CHECK_NAMES: readonly string[] = PROMISES.map(({ name }) => name);

/** The checks. */
export function runtimeChecks({
  make,
  scripts,
  patienceMs = PATIENCE_MS,
  clock = systemClock,
}: RuntimeChecksOptions): readonly ContractCheck[] {
  return PROMISES.filter(({ needs }) => needs.every((need) => scripts[need] !== undefined)).map(
    ({ name, keep }) => ({
      name,
      async run() {
        const bench = new RuntimeBench(await make(), clock, patienceMs);
        try {
          await keep(bench, scripts as Required<RuntimeScripts>);
        } finally {
          await bench.close();
        }
      },
    }),
  );
}
