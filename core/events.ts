/**
 * Hands events to the sinks: typed, in order. Nothing a sink does reaches whoever emits, or another sink:
 * events are frozen, and each sink is kept by a {@link SinkListener}.
 *
 * What an event is about comes with it only for sinks that asked for it. Before something begins, the sinks
 * that trace are asked for a span; what they answer goes with the event.
 */
import type { Clock } from './clock.js';
import type { AnyStart, EventName, Events, StartEvent, TelemetryEvent } from './event.js';
import type { ContentKind, ContentSource } from './event-content.js';
import { closeSinks } from './sink-closing.js';
import { SinkListener } from './sink-listener.js';
import { redactSecrets } from './redaction.js';
import type { TelemetrySink } from './telemetry-sink.js';
import type { TraceContext } from './trace-context.js';

/** Sinks read no more of why another one lost events, in UTF-16 units. */
const MAX_WORDS = 1_000;
/** How many events the sinks may bring about while they take one. */
const MAX_FOLLOWING = 100;

/** An event on its way to the sinks. */
type Told = readonly [event: TelemetryEvent, content: ContentSource | undefined];

/** Where events go in and reach every sink. */
export class EventFeed {
  readonly #clock: Clock;
  readonly #listeners: readonly SinkListener[];
  readonly #tracers: readonly SinkListener[];
  readonly #required: readonly SinkListener[];
  readonly #wanted: ReadonlySet<ContentKind>;
  /** Who gets further events. */
  #listening: readonly SinkListener[];
  /** The same, by the event's name, as far as it was asked for. */
  readonly #hearing = new Map<EventName, readonly SinkListener[]>();
  /** Events that wait until every sink has seen the one before. */
  readonly #following: Told[] = [];
  #followed = 0;
  #isEmitting = true;
  #isTracing = false;
  #recording: SinkListener | undefined;

  constructor(sinks: readonly TelemetrySink[], clock: Clock) {
    this.#clock = clock;
    this.#listeners = sinks.map((sink) => this.#listenerOf(sink));
    this.#listening = this.#listeners;
    this.#tracers = this.#listeners.filter(({ face }) => face.traces);
    this.#required = this.#listeners.filter(({ face }) => face.refuses);
    this.#wanted = new Set(this.#listeners.flatMap(({ face }) => face.content));
    for (const listener of this.#listeners) listener.attach();
    this.#deliverFollowing();
  }

  /** Whether anybody listens: what nobody hears need not be worked out. */
  get isHeard(): boolean {
    return this.#listening.length > 0;
  }

  /** Whether anything would come of telling what begins now: what nobody follows is not told, to its end. */
  get isFollowed(): boolean {
    return this.#listening.some((listener) => !listener.isIdle);
  }

  /** Whether anybody takes this event. */
  hears(name: EventName): boolean {
    return this.#hearersOf(name).length > 0;
  }

  /** Whether any sink shows content to people. */
  get isShown(): boolean {
    return this.#listening.some(({ face }) => face.isWindow && face.content.length > 0);
  }

  /** Whether any sink asks for this content. */
  wants(kind: ContentKind): boolean {
    return this.#wanted.has(kind);
  }

  /** Tells every sink. */
  emit<N extends EventName>(name: N, payload: Events[N], content?: ContentSource): void {
    if (this.hears(name)) this.tell({ name, ...payload } as TelemetryEvent, content);
  }

  /** The same of an event that is made for this alone: it is frozen. */
  tell(event: TelemetryEvent, content?: ContentSource): void {
    Object.freeze(event);
    if (this.#isEmitting) {
      this.#follow([event, content]);
      return;
    }
    this.#isEmitting = true;
    this.#deliver(event, content);
    this.#deliverFollowing();
  }

  /** Tells every sink that something begins, and answers its place in a trace. */
  begin<N extends AnyStart>(name: N, payload: Events[N], content?: ContentSource): TraceContext | undefined {
    if (!this.hears(name) && this.#tracers.length === 0) return payload.trace;
    const event = Object.freeze({ name, ...payload } as StartEvent);
    const trace = this.#traced(event);
    if (this.hears(name)) this.tell(trace === undefined ? event : { ...event, trace }, content);
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

  /**
   * Hands over what waits, lets all sinks flush, then close; rejects with what failed. What a sink loses as it
   * closes is heard by those that have no end of their own. Nothing is recorded later.
   */
  async close(): Promise<void> {
    for (const listener of this.#listeners) listener.end();
    try {
      await closeSinks(this.#listeners, this.#clock, () => {
        this.#listenOnly(this.#listening.filter(({ face }) => !face.closes));
      });
    } finally {
      this.#listenOnly([]);
    }
  }

  #listenOnly(listeners: readonly SinkListener[]): void {
    this.#listening = listeners;
    this.#hearing.clear();
  }

  #listenerOf(sink: TelemetrySink): SinkListener {
    const listener: SinkListener = new SinkListener(sink, this.#clock, {
      muted: (failures, message) => {
        this.#listenOnly(this.#listening.filter((other) => other !== listener));
        const words = redactSecrets(message, MAX_WORDS);
        this.emit('sink.muted', { sink: listener.face.name, failures, message: words });
      },
      changed: (up, reason) => {
        const words = reason === undefined ? {} : { reason: redactSecrets(reason, MAX_WORDS) };
        this.emit('sink.changed', { sink: listener.face.name, up, ...words });
      },
      dropped: (events, reason) => {
        const words = redactSecrets(reason, MAX_WORDS);
        this.emit('sink.dropped', { sink: listener.face.name, events, reason: words });
      },
    });
    return listener;
  }

  #hearersOf(name: EventName): readonly SinkListener[] {
    const known = this.#hearing.get(name);
    if (known !== undefined) return known;
    const hearers = this.#listening.filter(({ face }) => face.takes?.has(name) ?? true);
    this.#hearing.set(name, hearers);
    return hearers;
  }

  #deliver(event: TelemetryEvent, content: ContentSource | undefined): void {
    let nowMs = this.#clock.now();
    for (const listener of this.#hearersOf(event.name)) {
      this.#recording = listener;
      nowMs = listener.record(event, content, nowMs);
    }
    this.#recording = undefined;
  }

  #deliverFollowing(): void {
    for (let next = this.#following.shift(); next !== undefined; next = this.#following.shift()) {
      this.#deliver(...next);
    }
    this.#followed = 0;
    this.#isEmitting = false;
  }

  /** Who brings about more and more events while it takes them is muted, since it would never end. */
  #follow(told: Told): void {
    this.#following.push(told);
    this.#followed += 1;
    if (this.#followed <= MAX_FOLLOWING) return;
    this.#followed = 0;
    this.#recording?.mute('it makes events while it takes them, without end');
  }

  /** What a sink begins while it is asked is not traced: it would be asked for ever. */
  #traced(event: StartEvent): TraceContext | undefined {
    if (this.#isTracing) return undefined;
    this.#isTracing = true;
    let trace: TraceContext | undefined;
    for (const tracer of this.#tracers) {
      trace = tracer.trace(event);
      if (trace !== undefined) break;
    }
    this.#isTracing = false;
    return trace;
  }
}
