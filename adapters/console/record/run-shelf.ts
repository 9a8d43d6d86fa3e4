/**
 * The runs that are kept: so many, of so many bytes in all. Runs that go on are kept whole; of those that are
 * over, the oldest lose first their texts, then their calls, then all.
 */
import type { KeptRun } from './kept-run.js';

/** What is kept. */
export interface ShelfBounds {
  readonly runs: number;
  /** In memory, about. */
  readonly bytes: number;
  /** Milliseconds after its end for which the texts of a run are kept. */
  readonly textMs: number;
}

interface Place {
  readonly run: KeptRun;
  bytes: number;
  /** When it ended, in milliseconds since 1970. */
  endedAt?: number;
}

/** Runs by id, the oldest first. */
export class RunShelf {
  readonly #places = new Map<string, Place>();
  readonly #bounds: ShelfBounds;
  readonly #now: () => number;
  #bytes = 0;

  constructor(bounds: ShelfBounds, now: () => number) {
    this.#bounds = bounds;
    this.#now = now;
  }

  get(id: string): KeptRun | undefined {
    return this.#places.get(id)?.run;
  }

  /** The latest first. */
  get runs(): readonly KeptRun[] {
    return Array.from(this.#places.values(), ({ run }) => run).reverse();
  }

  add(run: KeptRun): void {
    this.#places.set(run.id, { run, bytes: 0 });
    this.changed(run);
    for (const [id, place] of this.#places) {
      if (this.#places.size <= this.#bounds.runs) return;
      if (place.run !== run) this.#remove(id, place);
    }
  }

  /** The run has come further, or has ended. */
  changed(run: KeptRun): void {
    const place = this.#places.get(run.id);
    if (place === undefined) return;
    if (run.isOver) place.endedAt ??= this.#now();
    this.#weigh(place);
    for (const shorten of SHORTENINGS) this.#shorten(shorten);
  }

  /** Forgets the texts of runs that are over for long. */
  forgetOld(): void {
    const before = this.#now() - this.#bounds.textMs;
    for (const place of this.#places.values()) {
      if (place.endedAt === undefined || place.endedAt > before) continue;
      place.run.forgetTexts();
      this.#weigh(place);
    }
  }

  clear(): void {
    this.#places.clear();
    this.#bytes = 0;
  }

  #shorten(shorten: (run: KeptRun) => void): void {
    for (const place of this.#places.values()) {
      if (this.#bytes <= this.#bounds.bytes) return;
      if (!place.run.isOver) continue;
      shorten(place.run);
      this.#weigh(place);
    }
  }

  #weigh(place: Place): void {
    this.#bytes -= place.bytes;
    place.bytes = place.run.bytes;
    this.#bytes += place.bytes;
  }

  #remove(id: string, { bytes }: Place): void {
    this.#places.delete(id);
    this.#bytes -= bytes;
  }
}

const SHORTENINGS: readonly ((run: KeptRun) => void)[] = [
  (run) => run.forgetTexts(),
  (run) => run.forgetCalls(),
];
