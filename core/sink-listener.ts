/**
 * One sink, with its failures counted. A sink that throws, or whose promise rejects, {@link MUTE_AFTER}
 * times in a row gets no further event.
 */
import type { StartEvent, TelemetryEvent } from './event.js';
import { chosenContent } from './event-content.js';
import type { ContentKind, ContentSource } from './event-content.js';
import type { SinkHost, TelemetrySink } from './telemetry-sink.js';
import { messageOf } from './thrown.js';
import type { TraceContext } from './trace-context.js';

const MUTE_AFTER = 3;

/** Who hears what becomes of the sink. */
interface Feed extends SinkHost {
  /** It gets no further event. */
  readonly muted: (failures: number, message: string) => void;
}

/** Keeps a sink from touching anybody else. */
export class SinkListener {
  readonly name: string;
  readonly content: readonly ContentKind[];
  readonly #sink: TelemetrySink;
  #feed: Feed | undefined;
  #failures = 0;

  constructor(sink: TelemetrySink) {
    this.#sink = sink;
    this.name = sink.name ?? 'unnamed';
    this.content = sink.content ?? [];
  }

  get traces(): boolean {
    return this.#sink.trace !== undefined;
  }

  get refuses(): boolean {
    return this.#sink.refusal !== undefined;
  }

  /** From now on events may come. */
  attach(feed: Feed): void {
    this.#feed = feed;
    this.#guarded(() => this.#sink.attach?.(feed));
  }

  record(event: TelemetryEvent, content: ContentSource | undefined): void {
    this.#guarded(() => this.#sink.record(this.#withContent(event, content)));
  }

  trace(event: StartEvent): TraceContext | undefined {
    return this.#guarded(() => this.#sink.trace?.(event));
  }

  /** A sink that cannot say why refuses too: who must not miss a script has a reason to be asked. */
  refusal(): string | undefined {
    try {
      return this.#sink.refusal?.();
    } catch (thrown) {
      return messageOf(thrown, 'the sink failed');
    }
  }

  #withContent(event: TelemetryEvent, source: ContentSource | undefined): TelemetryEvent {
    if (source === undefined || this.content.length === 0) return event;
    const content = chosenContent(
      source((kind) => this.content.includes(kind)),
      this.content,
    );
    return { ...event, content };
  }

  #guarded<Answer>(act: () => Answer): Answer | undefined {
    if (this.#failures >= MUTE_AFTER) return undefined;
    try {
      const answer: unknown = act();
      if (answer instanceof Promise) this.#watch(answer);
      else this.#failures = 0;
      return answer as Answer;
    } catch (thrown) {
      this.#fail(thrown);
      return undefined;
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
    if (this.#failures === MUTE_AFTER) this.#feed?.muted(this.#failures, messageOf(thrown, 'no message'));
  }
}
