/** Tells the sinks of one request of a client, from its coming to its answer. */
import type { Clock } from './clock.js';
import { roundedMs } from './clock.js';
import type { OpenRequest, RequestEnd, RequestStart } from './code-mode.js';
import type { RequestSubject } from './event.js';
import type { EventFeed } from './events.js';
import { toldCaller } from './told-caller.js';
import type { TraceContext } from './trace-context.js';

/** One request's. */
export class TrackedRequest implements OpenRequest {
  readonly id = crypto.randomUUID();
  readonly trace?: TraceContext;
  readonly #events: EventFeed;
  readonly #clock: Clock;
  readonly #startedMs: number;
  readonly #subject: RequestSubject;
  readonly #onEnd: (request: TrackedRequest) => void;
  #isOver = false;

  /** `onEnd` is called when it is over, once. */
  constructor(
    events: EventFeed,
    clock: Clock,
    start: RequestStart,
    onEnd: (request: TrackedRequest) => void,
  ) {
    const subject = { ...start, caller: toldCaller(start.caller), requestId: this.id };
    this.#events = events;
    this.#clock = clock;
    this.#onEnd = onEnd;
    this.#startedMs = clock.now();
    const trace = events.begin('request.started', subject);
    this.#subject = trace === undefined ? subject : { ...subject, trace };
    if (trace !== undefined) this.trace = trace;
  }

  end(end: RequestEnd): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#onEnd(this);
    const ranMs = roundedMs(this.#clock.now() - this.#startedMs);
    this.#events.emit('request.finished', { ...this.#subject, ...end, ranMs });
  }
}
