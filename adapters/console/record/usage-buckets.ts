/** Calls over time, by stretches of a minute; of six hours. */
import type { Events } from '../../../core/index.js';
import type { UsageBucket } from '../api.js';

const SPAN_MS = 60_000;
const MOST_BUCKETS = 360;

type Counts = { -readonly [Name in keyof Omit<UsageBucket, 'at' | 'spanMs'>]: UsageBucket[Name] };

/** The buckets that something happened in. */
export class UsageBuckets {
  readonly #counts = new Map<number, Counts>();
  readonly #now: () => number;

  /** `now` answers milliseconds since 1970. */
  constructor(now: () => number) {
    this.#now = now;
  }

  finished({ code, savedTokens }: Pick<Events['script.finished'], 'code' | 'savedTokens'>): void {
    const counts = this.#current();
    counts.scripts += 1;
    if (code !== 'ok') counts.failed += 1;
    counts.savedTokens += savedTokens;
  }

  called({ mode }: Pick<Events['tool.called'], 'mode'>): void {
    this.#current()[mode === 'script' ? 'scriptCalls' : 'directCalls'] += 1;
  }

  /** The oldest first. */
  get all(): readonly UsageBucket[] {
    return Array.from(this.#counts, ([at, counts]) => ({ at, spanMs: SPAN_MS, ...counts }));
  }

  /** The one that was counted in last. */
  get latest(): UsageBucket | undefined {
    return this.all.at(-1);
  }

  #current(): Counts {
    const at = Math.floor(this.#now() / SPAN_MS) * SPAN_MS;
    const known = this.#counts.get(at);
    if (known !== undefined) return known;
    const counts = { scripts: 0, failed: 0, scriptCalls: 0, directCalls: 0, savedTokens: 0 };
    this.#counts.set(at, counts);
    const [oldest] = this.#counts.keys();
    if (oldest !== undefined && this.#counts.size > MOST_BUCKETS) this.#counts.delete(oldest);
    return counts;
  }
}
