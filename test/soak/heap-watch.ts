/** Whether the heap of the gateway stays flat, from samples of what is alive in it. */
import { setTimeout as pause } from 'node:timers/promises';

import type { Stage } from './stage.js';

/** Of the soak; nothing before it counts. */
const WARM_UP = 0.3;
const MAX_GROWTH = 0.1;
const SAMPLE_EVERY_MS = 5_000;
const SHOWN = 12;

/** Samples of one soak. */
export class HeapWatch {
  readonly #samples: { readonly at: number; readonly mib: number }[] = [];

  /** Samples until the soak is over, or the gateway has gone. */
  async watch(stage: Stage, until: number): Promise<void> {
    const started = Date.now();
    const everyMs = Math.min(SAMPLE_EVERY_MS, (until - started) / 60);
    while (Date.now() < until && stage.isUp) {
      await pause(everyMs);
      const mib = await stage.heapMib();
      this.#samples.push({ at: (Date.now() - started) / (until - started), mib });
    }
  }

  /** How much it grew: of the samples after the warm-up, the last third beside the first. */
  get growth(): { readonly words: string; readonly isTooMuch: boolean } {
    const warm = this.#samples.filter(({ at }) => at >= WARM_UP).map(({ mib }) => mib);
    const third = Math.max(1, Math.floor(warm.length / 3));
    const [before, after] = [median(warm.slice(0, third)), median(warm.slice(-third))];
    const share = after / before - 1;
    const words = `${before.toFixed(1)} MiB, then ${after.toFixed(1)} MiB (${(share * 100).toFixed(1)} %)`;
    return { words, isTooMuch: !(share <= MAX_GROWTH) };
  }

  /** Some of the samples, in MiB. */
  get course(): string {
    const step = Math.max(1, Math.ceil(this.#samples.length / SHOWN));
    return this.#samples
      .filter((_, n) => n % step === 0)
      .map(({ mib }) => mib.toFixed(1))
      .join(' ');
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
