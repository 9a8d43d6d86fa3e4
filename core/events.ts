/**
 * Hands events to the sinks: typed, in order, at once.
 *
 * A sink that throws, or whose promise rejects, {@link MUTE_AFTER} times in a row gets no further event;
 * the others are told once, by `sink.muted`. Nothing a sink does reaches whoever emits.
 */
import { EventEmitter } from 'eventemitter3';
import { inject, injectable, TOKENS } from './injection.js';
import type { EventName, Events, TelemetryEvent, TelemetrySink } from './telemetry-sink.js';
import { messageOf } from './thrown.js';

const MUTE_AFTER = 3;

/** Where events go in and reach every sink. */
@injectable()
export class EventFeed {
  readonly #emitter = new EventEmitter<{ event: [TelemetryEvent] }>();
  /** Events that wait until every sink has seen the one before. */
  readonly #waiting: TelemetryEvent[] = [];
  #isEmitting = false;

  constructor(@inject(TOKENS.sinks) sinks: readonly TelemetrySink[]) {
    for (const sink of sinks) this.#attach(sink);
  }

  /** Whether anybody listens: what nobody hears need not be worked out. */
  get isHeard(): boolean {
    return this.#emitter.listenerCount('event') > 0;
  }

  /** Tells every sink. */
  emit<N extends EventName>(name: N, payload: Events[N]): void {
    this.#waiting.push({ ...payload, name } as TelemetryEvent);
    if (this.#isEmitting) return;
    this.#isEmitting = true;
    for (let event = this.#waiting.shift(); event !== undefined; event = this.#waiting.shift()) {
      this.#emitter.emit('event', event);
    }
    this.#isEmitting = false;
  }

  #attach(sink: TelemetrySink): void {
    const listener = new SinkListener(sink, (failures, message) => {
      this.#emitter.off('event', record);
      this.emit('sink.muted', { sink: sink.name ?? 'unnamed', failures, message });
    });
    const record = (event: TelemetryEvent): void => {
      listener.record(event);
    };
    this.#emitter.on('event', record);
  }
}

/** One sink, with its failures counted. */
class SinkListener {
  /** An async `record` passes for one that answers nothing. */
  readonly #sink: { record(event: TelemetryEvent): unknown };
  readonly #mute: (failures: number, message: string) => void;
  #failures = 0;

  constructor(sink: TelemetrySink, mute: (failures: number, message: string) => void) {
    this.#sink = sink;
    this.#mute = mute;
  }

  record(event: TelemetryEvent): void {
    if (this.#failures >= MUTE_AFTER) return;
    try {
      const answer = this.#sink.record(event);
      if (answer instanceof Promise) this.#watch(answer);
      else this.#failures = 0;
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  #watch(answer: Promise<unknown>): void {
    answer.then(
      () => {
        if (this.#failures < MUTE_AFTER) this.#failures = 0;
      },
      (thrown: unknown) => {
        this.#fail(thrown);
      },
    );
  }

  #fail(thrown: unknown): void {
    this.#failures += 1;
    if (this.#failures === MUTE_AFTER) this.#mute(this.#failures, messageOf(thrown, 'no message'));
  }
}
