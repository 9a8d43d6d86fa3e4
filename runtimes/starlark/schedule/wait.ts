/** Waiting for a promise, until the run ends: a promise that never settles keeps nothing of the run alive. */
import type { Value } from '../values/index.js';

/** Takes what the promise brought: a value, or why it was rejected. */
type Settled = (value: Value, error: { readonly reason: unknown } | null) => void;

/** One promise that a branch waits for. */
export class Wait {
  constructor(private settled: Settled | null) {}

  /** A promise of nothing gives None. */
  follow(promise: Promise<Value>): void {
    promise.then(
      (value) => this.settled?.(value ?? null, null),
      (reason: unknown) => this.settled?.(null, { reason }),
    );
  }

  /** Hears of nothing any more. */
  drop(): void {
    this.settled = null;
  }
}
