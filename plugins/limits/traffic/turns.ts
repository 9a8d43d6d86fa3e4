/**
 * Lets so many work at once, of one caller and of all, and the others wait for their turn.
 *
 * Turns go round by caller, whatever each has waiting: a caller with a thousand requests delays another
 * by one. Who may not start now waits in a bounded queue, for a bounded time; what nobody keeps any more
 * is forgotten, so that memory follows those who work and wait, not those who ever came.
 */
import { ToolscriptError, type Clock, type Release } from '../../../core/index.js';
import type { ConcurrencySettings, QueueSettings } from './settings.js';

/** The turns of one kind of use. */
export class Turns {
  readonly #what: string;
  readonly #perCaller: number;
  readonly #inAll: number;
  readonly #queue: QueueSettings;
  readonly #clock: Clock;
  /** Who works or waits. */
  readonly #callers = new Map<string, CallerTurns>();
  /** Of those, who waits and may start as soon as there is room; the next one first. */
  readonly #ready = new Set<CallerTurns>();
  readonly #pace = new Pace();
  #working = 0;
  #waiting = 0;

  /** `what` is for messages: the plural of what takes turns. */
  constructor(what: string, { perCaller, inAll }: ConcurrencySettings, queue: QueueSettings, clock: Clock) {
    this.#what = what;
    this.#perCaller = perCaller ?? Number.POSITIVE_INFINITY;
    this.#inAll = inAll ?? Number.POSITIVE_INFINITY;
    this.#queue = queue;
    this.#clock = clock;
  }

  /** How many callers are known now. */
  get callers(): number {
    return this.#callers.size;
  }

  /** Answers when it is the caller's turn; rejects with `limit/refused`. Who aborts the signal waits no more. */
  take(id: string, signal: AbortSignal): Release | Promise<Release> {
    const caller = this.#callers.get(id) ?? new CallerTurns(id);
    if (this.#working < this.#inAll && caller.working < this.#perCaller) {
      this.#callers.set(id, caller);
      return this.#start(caller);
    }
    if (this.#waiting >= this.#queue.inAll || caller.waiting.size >= this.#queue.perCaller) {
      throw this.#refusal('too many wait already');
    }
    this.#callers.set(id, caller);
    return this.#wait(caller, signal);
  }

  #wait(caller: CallerTurns, signal: AbortSignal): Promise<Release> {
    return new Promise((resolve, reject) => {
      const leave = (error: Error): void => {
        settle();
        this.#forget(caller);
        reject(error);
      };
      const start = (): void => {
        settle();
        resolve(this.#start(caller));
      };
      const abort = (): void => leave(this.#refusal('nobody waits any more'));
      const settle = (): void => {
        cancelTimer();
        signal.removeEventListener('abort', abort);
        this.#waiting -= 1;
        caller.waiting.delete(start);
        if (caller.waiting.size === 0) this.#ready.delete(caller);
      };
      const cancelTimer = this.#clock.after(this.#queue.maxWaitMs, () => {
        leave(this.#refusal(`no turn within ${String(this.#queue.maxWaitMs)} ms`));
      });
      this.#waiting += 1;
      caller.waiting.add(start);
      signal.addEventListener('abort', abort, { once: true });
      if (signal.aborted) abort();
      else this.#getReady(caller);
    });
  }

  #start(caller: CallerTurns): Release {
    const startedMs = this.#clock.now();
    this.#working += 1;
    caller.working += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#pace.tell(this.#clock.now() - startedMs);
      this.#working -= 1;
      caller.working -= 1;
      this.#getReady(caller);
      this.#forget(caller);
      this.#startNext();
    };
  }

  /** Who waits and may start goes to the end of the round. */
  #getReady(caller: CallerTurns): void {
    if (caller.waiting.size > 0 && caller.working < this.#perCaller) this.#ready.add(caller);
  }

  #startNext(): void {
    while (this.#working < this.#inAll) {
      const [caller] = this.#ready;
      const [start] = caller?.waiting ?? [];
      if (caller === undefined || start === undefined) return;
      this.#ready.delete(caller);
      start();
      this.#getReady(caller);
    }
  }

  #forget(caller: CallerTurns): void {
    if (caller.working === 0 && caller.waiting.size === 0) this.#callers.delete(caller.id);
  }

  #refusal(why: string): ToolscriptError {
    const room = Math.min(this.#inAll, this.#perCaller);
    const retryAfterMs = this.#pace.expectedMs(this.#waiting + 1, room);
    return new ToolscriptError({
      code: 'limit/refused',
      message: `wait for a turn among the ${this.#what}: ${why}`,
      hint: `try again after ${String(retryAfterMs)} ms`,
      retryAfterMs,
    });
  }
}

/** One caller's part. */
class CallerTurns {
  readonly id: string;
  working = 0;
  /** What starts each that waits, the first one first. */
  readonly waiting = new Set<() => void>();

  constructor(id: string) {
    this.id = id;
  }
}

const LEAST_RETRY_MS = 100;
const GREATEST_RETRY_MS = 60_000;
/** How much the last turn says of the next. */
const WEIGHT = 0.2;

/** How long turns take, lately. */
class Pace {
  #meanMs = 0;

  tell(tookMs: number): void {
    this.#meanMs += (tookMs - this.#meanMs) * WEIGHT;
  }

  /** Until so many have had their turn, so many at once; within reason. */
  expectedMs(waiting: number, atOnce: number): number {
    const rounds = Math.ceil(waiting / Math.max(atOnce, 1));
    return Math.ceil(Math.min(Math.max(this.#meanMs * rounds, LEAST_RETRY_MS), GREATEST_RETRY_MS));
  }
}
