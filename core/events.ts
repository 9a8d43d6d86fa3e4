/**
 * Hands events to the sinks: typed, in order, at once. Nothing a sink does reaches whoever emits.
 *
 * What an event is about comes with it only for sinks that asked for it. Before something begins, the sinks
 * that trace are asked for a span; what they answer goes with the event.
 */
import { EventEmitter } from 'eventemitter3';
import type { AnyStart, EventName, Events, TelemetryEvent } from './event.js';
import type { ContentKind, ContentSource } from './event-content.js';
import { inject, injectable, TOKENS } from './injection.js';
import { SinkListener } from './sink-listener.js';
import { redactSecrets } from './redaction.js';
import type { TelemetrySink } from './telemetry-sink.js';
import type { TraceContext } from './trace-context.js';

/** Sinks read no more of why another one lost events, in UTF-16 units. */
const MAX_WORDS = 1_000;

/** Where events go in and reach every sink. */
@injectable()
export class EventFeed {
  readonly #emitter = new EventEmitter<{ event: [TelemetryEvent, ContentSource | undefined] }>();
  readonly #listeners: readonly SinkListener[];
  readonly #tracers: readonly SinkListener[];
  readonly #required: readonly SinkListener[];
  readonly #wanted: ReadonlySet<ContentKind>;
  /** Events that wait until every sink has seen the one before. */
  readonly #waiting: (readonly [TelemetryEvent, ContentSource | undefined])[] = [];
  #isEmitting = false;

  constructor(@inject(TOKENS.sinks) sinks: readonly TelemetrySink[]) {
    this.#listeners = sinks.map((sink) => new SinkListener(sink));
    this.#tracers = this.#listeners.filter(({ traces }) => traces);
    this.#required = this.#listeners.filter(({ refuses }) => refuses);
    this.#wanted = new Set(this.#listeners.flatMap(({ content }) => content));
    for (const listener of this.#listeners) this.#attach(listener);
  }

  /** Whether anybody listens: what nobody hears need not be worked out. */
  get isHeard(): boolean {
    return this.#emitter.listenerCount('event') > 0;
  }

  /** Whether any sink asks for this content. */
  wants(kind: ContentKind): boolean {
    return this.#wanted.has(kind);
  }

  /** Tells every sink. */
  emit<N extends EventName>(name: N, payload: Events[N], content?: ContentSource): void {
    this.#waiting.push([{ ...payload, name } as TelemetryEvent, content]);
    if (this.#isEmitting) return;
    this.#isEmitting = true;
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) {
      this.#emitter.emit('event', ...next);
    }
    this.#isEmitting = false;
  }

  /** Tells every sink that something begins, and answers its place in a trace. */
  begin<N extends AnyStart>(name: N, payload: Events[N], content?: ContentSource): TraceContext | undefined {
    const trace = this.#traced({ ...payload, name } as TelemetryEvent & { readonly name: AnyStart });
    this.emit(name, trace === undefined ? payload : { ...payload, trace }, content);
    return trace ?? payload.trace;
  }

  /** Why no script may start, as the sinks that must not miss one say; undefined when it may. */
  refusal(): string | undefined {
    for (const listener of this.#required) {
      const reason = listener.refusal();
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  #traced(event: TelemetryEvent & { readonly name: AnyStart }): TraceContext | undefined {
    for (const tracer of this.#tracers) {
      const trace = tracer.trace(event);
      if (trace !== undefined) return trace;
    }
    return undefined;
  }

  #attach(listener: SinkListener): void {
    const record = (event: TelemetryEvent, content: ContentSource | undefined): void => {
      listener.record(event, content);
    };
    this.#emitter.on('event', record);
    listener.attach({
      muted: (failures, message) => {
        this.#emitter.off('event', record);
        const words = redactSecrets(message, MAX_WORDS);
        this.emit('sink.muted', { sink: listener.name, failures, message: words });
      },
      changed: (up, reason) => {
        const words = reason === undefined ? {} : { reason: redactSecrets(reason, MAX_WORDS) };
        this.emit('sink.changed', { sink: listener.name, up, ...words });
      },
      dropped: (events, reason) => {
        const words = redactSecrets(reason, MAX_WORDS);
        this.emit('sink.dropped', { sink: listener.name, events, reason: words });
      },
    });
  }
}
