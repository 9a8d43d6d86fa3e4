/**
 * Events that a slow sink gets later: a few in one turn of the event loop, and then a rest nine times as long
 * as they took, so that the sink holds up everybody for a tenth of the time at most.
 */
import type { Clock } from './clock.js';
import type { TelemetryEvent } from './event.js';

const MAX_EVENTS = 1_000;
/** The most content that may wait, in UTF-16 units. */
const MAX_CONTENT = 4 * 1024 * 1024;
/** In one turn no further event is handed over after so long. */
const TURN_MS = 2;
const REST = 9;

/** The queue of one sink. */
export class SinkQueue {
  readonly #clock: Clock;
  readonly #hand: (event: TelemetryEvent) => void;
  readonly #events: TelemetryEvent[] = [];
  #content = 0;
  #readyMs = 0;
  #cancelTurn: (() => void) | undefined;

  /** `hand` gives the sink one event, and takes what time that needs. */
  constructor(clock: Clock, hand: (event: TelemetryEvent) => void) {
    this.#clock = clock;
    this.#hand = hand;
  }

  get length(): number {
    return this.#events.length;
  }

  /** Whether so much waits that little more has room. */
  get isFilling(): boolean {
    return this.length >= MAX_EVENTS / 2 || this.#content >= MAX_CONTENT / 2;
  }

  /** Takes an event; answers whether there was room. */
  add(event: TelemetryEvent): boolean {
    const size = contentSize(event);
    if (this.length >= MAX_EVENTS || this.#content + size > MAX_CONTENT) return false;
    this.#events.push(event);
    this.#content += size;
    this.#cancelTurn ??= this.#turnAt(this.#readyMs);
    return true;
  }

  /** Something took the sink so long: it rests. */
  rest(tookMs: number): void {
    this.#readyMs = this.#clock.now() + tookMs * REST;
  }

  /** Hands over what waits, until so much time is gone. */
  drain(forMs: number): void {
    const startedMs = this.#clock.now();
    while (this.length > 0 && this.#clock.now() - startedMs < forMs) {
      const event = this.#events.shift()!;
      this.#content -= contentSize(event);
      this.#hand(event);
    }
    this.rest(this.#clock.now() - startedMs);
  }

  /** Gives up what waits; answers how many events. */
  clear(): number {
    const { length } = this;
    this.#events.length = 0;
    this.#content = 0;
    this.#cancelTurn?.();
    this.#cancelTurn = undefined;
    return length;
  }

  #turnAt(ms: number): () => void {
    return this.#clock.after(Math.max(0, ms - this.#clock.now()), () => {
      this.#cancelTurn = undefined;
      this.drain(TURN_MS);
      if (this.length > 0) this.#cancelTurn = this.#turnAt(this.#readyMs);
    });
  }
}

function contentSize({ content }: TelemetryEvent): number {
  if (content === undefined) return 0;
  const texts = Object.values(content).flat() as readonly string[];
  return texts.reduce((size, text) => size + text.length, 0);
}
