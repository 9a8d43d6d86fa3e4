/** Metrics as Prometheus reads them. */
import parse from 'parse-prometheus-text-format';

/** One series of a counter or a gauge, or a histogram. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  /** The value, or how many values a histogram holds. */
  readonly value: number;
}

/** The metrics of a text by name. */
export class Scrape {
  readonly #families: ReadonlyMap<string, Family>;

  constructor(text: string) {
    this.#families = new Map((parse(text) as Family[]).map((family) => [family.name, family]));
  }

  get names(): string[] {
    return [...this.#families.keys()];
  }

  /** The type of a metric, in lower case. */
  type(name: string): string | undefined {
    return this.#families.get(name)?.type.toLowerCase();
  }

  series(name: string): Series[] {
    return (this.#families.get(name)?.metrics ?? []).map(({ labels = {}, value, buckets }) => ({
      labels,
      value: Number(value ?? buckets?.['+Inf']),
    }));
  }

  /** Summed over the series that have these labels. */
  total(name: string, wanted: Readonly<Record<string, string>> = {}): number {
    return this.series(name)
      .filter(({ labels }) => Object.entries(wanted).every(([key, value]) => labels[key] === value))
      .reduce((sum, { value }) => sum + value, 0);
  }
}

interface Family {
  readonly name: string;
  readonly type: string;
  readonly metrics: readonly {
    readonly labels?: Readonly<Record<string, string>>;
    readonly value?: string;
    readonly buckets?: Readonly<Record<string, string>>;
  }[];
}
