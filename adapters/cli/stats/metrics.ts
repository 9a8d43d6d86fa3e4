/** The samples of one page, asked by metric and labels. */
import { bucketsOf, spreadOf, type Spread } from './histogram.js';
import type { Sample } from './prometheus-text.js';

/** Which samples are meant: by values of their labels. */
export type Labels = Readonly<Record<string, string>>;

/** A page of metrics. */
export class Metrics {
  readonly #byName = new Map<string, Sample[]>();

  constructor(samples: readonly Sample[]) {
    for (const sample of samples) {
      const known = this.#byName.get(sample.name);
      if (known === undefined) this.#byName.set(sample.name, [sample]);
      else known.push(sample);
    }
  }

  /** Whether any metric has a name that begins so. */
  hasAny(start: string): boolean {
    return [...this.#byName.keys()].some((name) => name.startsWith(start));
  }

  /** The samples of a metric with these labels. */
  of(name: string, labels: Labels = {}): readonly Sample[] {
    const wanted = Object.entries(labels);
    const found = this.#byName.get(name) ?? [];
    return found.filter((sample) => wanted.every(([label, value]) => sample.labels.get(label) === value));
  }

  /** Their sum; what is no number, or less than nothing, is none of it. */
  sum(name: string, labels: Labels = {}): number {
    return sumOf(this.of(name, labels));
  }

  /** Sums by the values of a label, in the order in which they come. */
  sums(name: string, label: string): ReadonlyMap<string, number> {
    const sums = new Map<string, number>();
    for (const sample of this.of(name)) {
      const value = sample.labels.get(label) ?? '';
      sums.set(value, (sums.get(value) ?? 0) + sumOf([sample]));
    }
    return sums;
  }

  /** What can be said of the values of a histogram. Its unit may be in its name: whoever collects may add it. */
  spread(name: string): Spread {
    const plain = this.of(`${name}_bucket`);
    return spreadOf(bucketsOf(plain.length > 0 ? plain : this.of(`${name}_seconds_bucket`)));
  }
}

/** The sum of the values that are numbers from 0. */
export function sumOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { value }) => (Number.isFinite(value) && value > 0 ? sum + value : sum), 0);
}
