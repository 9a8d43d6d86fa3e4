/** One promise of a runtime. */
import type { RuntimeBench } from './runtime-bench.js';
import type { RuntimeScripts } from './runtime-scripts.js';

/** A promise, and the scripts that it takes to see whether it is kept. */
export interface RuntimePromise {
  readonly name: string;
  readonly needs: readonly (keyof RuntimeScripts)[];
  readonly keep: (bench: RuntimeBench, scripts: Required<RuntimeScripts>) => Promise<void> | void;
}

/** Gives a promise its types: it sees the scripts that it needs, and no others. */
export function promise<Need extends keyof RuntimeScripts>(
  name: string,
  needs: readonly Need[],
  keep: (bench: RuntimeBench, scripts: Pick<Required<RuntimeScripts>, Need>) => Promise<void> | void,
): RuntimePromise {
  return { name, needs, keep };
}
