/**
 * Tells the address that the operator chose how much code mode is used: counts, once in a period.
 *
 * It only counts while events come; everything else happens on a timer of its own. A ping that fails is tried
 * again later, its counts with the next; after {@link MAX_FAILURES} failures in a row it gives up. A life
 * shorter than a minute tells nothing.
 */
import {
  systemClock,
  type Clock,
  type SinkHost,
  type TelemetryEvent,
  type TelemetrySink,
} from '../../../core/index.js';
import { deliver, type Fate } from './delivery.js';
import { idleClock } from './idle-clock.js';
import { installId, stateFolder } from './install-id.js';
import { forbiddenBy, type Environment } from './opt-out.js';
import { MAX_FAILURES, spread, waitAfter, type Pace } from './pace.js';
import { pingRequest } from './ping-request.js';
import { Tally, type Counts } from './tally.js';

/** How to ping. */
export interface PingOptions {
  /** Where to: https, or http on this very machine. */
  readonly url: string;
  /** Milliseconds from the start to the first ping, about. Default: an hour. */
  readonly firstMs?: number;
  /** Milliseconds between two pings, about. Default: a day. */
  readonly periodMs?: number;
  /** What may forbid it, and says where the user's state is kept. Default: the process's. */
  readonly env?: Environment;
  /** Default: the machine's, for which no process stays alive. */
  readonly clock?: Clock;
  /** Answers a number from 0 to 1. Default: by chance. */
  readonly random?: () => number;
}

/** Makes a sink that pings; one that does nothing where the environment forbids it. */
export function createPingSink(options: PingOptions): TelemetrySink {
  const { env = process.env } = options;
  if (forbiddenBy(env) !== undefined) return { name: 'ping', record: () => undefined };
  return new PingSink(options, stateFolder(env));
}

/** When nothing is said. */
export const DEFAULT_PACE: Pace = { firstMs: 3_600_000, periodMs: 86_400_000 };

/** Milliseconds that one ping may take. */
const DELIVERY_MS = 5_000;
/** The same when everything ends. */
const FAREWELL_MS = 1_500;
/** Who lives shorter is no gateway, but a command. */
const SHORTEST_LIFE_MS = 60_000;

class PingSink implements TelemetrySink {
  readonly name = 'ping';
  readonly #url: string;
  readonly #folder: string;
  readonly #pace: Pace;
  readonly #clock: Clock;
  /** For the end, which is waited for. */
  readonly #lastClock: Clock;
  readonly #random: () => number;
  readonly #bornAt: number;
  readonly #tally: Tally;
  readonly #ending = new AbortController();
  #host: SinkHost | undefined;
  #failures = 0;
  #cancel: () => void;
  #underWay: Promise<void> | undefined;

  constructor(
    { url, firstMs, periodMs, clock = idleClock, random = Math.random }: PingOptions,
    folder: string,
  ) {
    this.#url = url;
    this.#folder = folder;
    this.#pace = {
      firstMs: firstMs ?? DEFAULT_PACE.firstMs,
      periodMs: periodMs ?? DEFAULT_PACE.periodMs,
    };
    this.#clock = clock;
    this.#lastClock = clock === idleClock ? systemClock : clock;
    this.#random = random;
    this.#bornAt = clock.now();
    this.#tally = new Tally(this.#bornAt);
    this.#cancel = this.#plan(spread(this.#pace.firstMs, random()));
  }

  attach(host: SinkHost): void {
    this.#host = host;
  }

  record(event: TelemetryEvent): void {
    this.#tally.add(event);
  }

  /** Tells what was not told yet, in a moment or not at all. */
  async close(): Promise<void> {
    this.#cancel();
    if (this.#isOver) return;
    if (this.#clock.now() - this.#bornAt >= SHORTEST_LIFE_MS && !this.#tally.isEmpty) {
      this.#underWay ??= this.#ping();
    }
    await this.#farewell(this.#underWay);
    this.#ending.abort();
  }

  get #isOver(): boolean {
    return this.#ending.signal.aborted || this.#failures >= MAX_FAILURES;
  }

  #plan(delayMs: number): () => void {
    return this.#clock.after(delayMs, () => {
      this.#underWay = this.#ping().then(() => {
        this.#underWay = undefined;
        if (this.#ending.signal.aborted) return;
        if (this.#isOver) this.#giveUp();
        else this.#cancel = this.#plan(waitAfter(this.#failures, this.#pace, this.#random()));
      });
    });
  }

  async #ping(): Promise<void> {
    const install = await installId(this.#folder);
    const now = this.#clock.now();
    const counts = this.#tally.take(now);
    const request = pingRequest(this.#url, { install, facts: this.#tally.facts, counts, now });
    this.#settle(await this.#delivered(request), counts);
  }

  async #delivered(request: ReturnType<typeof pingRequest>): Promise<Fate> {
    const late = new AbortController();
    const cancel = this.#clock.after(DELIVERY_MS, () => {
      late.abort();
    });
    try {
      return await deliver(request, AbortSignal.any([late.signal, this.#ending.signal]));
    } finally {
      cancel();
    }
  }

  /** What may have arrived is not told twice. */
  #settle(fate: Fate, counts: Counts): void {
    this.#failures = fate === 'delivered' ? 0 : this.#failures + 1;
    if (fate === 'failed') this.#tally.giveBack(counts);
  }

  #giveUp(): void {
    this.#host?.dropped(
      1,
      `no ping came through in ${String(MAX_FAILURES)} attempts, no further one is tried`,
    );
  }

  async #farewell(underWay: Promise<void> | undefined): Promise<void> {
    if (underWay === undefined) return;
    await new Promise<void>((resolve) => {
      const cancel = this.#lastClock.after(FAREWELL_MS, resolve);
      void underWay.finally(() => {
        cancel();
        resolve();
      });
    });
  }
}
