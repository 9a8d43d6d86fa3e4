/**
 * Keeps one sink from touching anybody else.
 *
 * A quick one gets each event at once. A slow one gets them later, from a queue; what has no room there is
 * lost, counted and told. One that throws, or whose promise rejects, {@link MUTE_AFTER} times in a row, or
 * that holds up everybody for long, is muted: it gets no further event.
 */
import type { Clock } from './clock.js';
import type { StartEvent, TelemetryEvent } from './event.js';
import { chosenContent } from './event-content.js';
import type { ContentSource } from './event-content.js';
import { isJsonObject } from './json.js';
import { sinkFace } from './sink-face.js';
import type { SinkFace } from './sink-face.js';
import { SinkLoss } from './sink-loss.js';
import { SinkPace } from './sink-pace.js';
import { SinkQueue } from './sink-queue.js';
import type { SinkHost, TelemetrySink } from './telemetry-sink.js';
import { messageOf } from './thrown.js';
import { traceContextOf } from './trace-context.js';
import type { TraceContext } from './trace-context.js';

const MUTE_AFTER = 3;
/** How long a slow sink may take for what still waits when it is closed. */
const LAST_MS = 1_000;

/** Who hears what becomes of the sink. */
export interface SinkWitness {
  /** It gets no further event. */
  muted(failures: number, message: string): void;
  /** It says that it cannot do its work, or that it can again. */
  changed(up: boolean, reason: string | undefined): void;
  /** It lost events. */
  dropped(events: number, reason: string): void;
}

/** A sink as it may be: it answers anything. */
interface StrangeSink {
  record(event: TelemetryEvent): unknown;
  attach?(host: SinkHost): unknown;
  trace?(event: StartEvent): unknown;
  idle?(): unknown;
  refusal?(): unknown;
  flush?(): unknown;
  close?(): unknown;
}

/** One sink. */
export class SinkListener {
  readonly face: SinkFace;
  readonly #sink: StrangeSink;
  readonly #clock: Clock;
  readonly #witness: SinkWitness;
  readonly #pace = new SinkPace();
  readonly #queue: SinkQueue;
  readonly #loss: SinkLoss;
  #failures = 0;
  #traceFailures = 0;
  /** By its own words. */
  #isUp = true;
  /** Why it is muted. */
  #muted: string | undefined;
  /** The event that it is given just now tells of a loss: losing that is no news. */
  #hearsOfLoss = false;

  constructor(sink: TelemetrySink, clock: Clock, witness: SinkWitness) {
    this.face = sinkFace(sink);
    this.#sink = sink;
    this.#clock = clock;
    this.#witness = witness;
    this.#loss = new SinkLoss(clock, (events, reason) => {
      witness.dropped(events, reason);
    });
    this.#queue = new SinkQueue(clock, (event) => {
      this.#give(event, this.#clock.now());
      if (this.#queue.length === 0) this.#pace.caughtUp();
    });
  }

  /** From now on events may come. */
  attach(): void {
    const host = Object.freeze({
      changed: (up: boolean, reason?: string) => {
        this.#change(up, reason);
      },
      dropped: (events: number, reason: string) => {
        if (!this.#hearsOfLoss) this.#loss.count(events, reason);
      },
    });
    try {
      const answer = this.#sink.attach?.(host);
      if (answer instanceof Promise) this.#watch(answer);
    } catch (thrown) {
      this.#fail(thrown);
    }
  }

  /** Takes an event at `nowMs`; answers the time by then, which saves looking at the clock twice. */
  record(event: TelemetryEvent, content: ContentSource | undefined, nowMs: number): number {
    if (this.#muted !== undefined) return nowMs;
    const isPlain = content === undefined || this.face.content.length === 0 || this.#isKeptFrom(event);
    const told = isPlain ? event : this.#withContent(event, content);
    const startedMs = isPlain ? nowMs : this.#clock.now();
    if (!this.#pace.isSlow) return this.#give(told, startedMs);
    if (!this.#queue.add(told)) this.#lose(event, 'the sink is slow, and its queue full');
    return startedMs;
  }

  /** A slow one is not asked, nor is one that failed three times in a row. What is no place in a trace is none. */
  trace(event: StartEvent): TraceContext | undefined {
    if (this.#pace.isSlow) {
      this.#loss.count(1, 'the sink is slow, and was not asked for a span');
      return undefined;
    }
    if (this.#muted !== undefined || this.#traceFailures >= MUTE_AFTER) return undefined;
    const startedMs = this.#clock.now();
    try {
      const answer = this.#sink.trace?.(event);
      if (answer instanceof Promise) this.#watch(answer);
      this.#traceFailures = 0;
      return isJsonObject(answer) ? traceContextOf(answer) : undefined;
    } catch (thrown) {
      this.#traceFailures += 1;
      this.#loss.count(1, `no span was opened: ${messageOf(thrown, 'no message')}`);
      return undefined;
    } finally {
      this.#took(this.#clock.now() - startedMs);
    }
  }

  /** Whether nothing would come of what it is told of now. One that cannot say so is not. */
  get isIdle(): boolean {
    if (!this.face.idles || this.#pace.isSlow) return false;
    const startedMs = this.#clock.now();
    try {
      const answer = this.#sink.idle?.();
      if (answer instanceof Promise) this.#watch(answer);
      return answer === true;
    } catch {
      return false;
    } finally {
      this.#took(this.#clock.now() - startedMs);
    }
  }

  /**
   * A sink that cannot say why refuses too, and so does one that is muted or far behind: who must not miss a
   * script has a reason to be asked.
   */
  refusal(): string | undefined {
    if (this.#muted !== undefined) return this.#muted;
    if (this.#queue.isFilling) return `the sink is ${String(this.#queue.length)} events behind`;
    const startedMs = this.#clock.now();
    try {
      const answer = this.#sink.refusal?.();
      if (answer instanceof Promise) this.#watch(answer);
      return answer === undefined ? undefined : messageOf(answer, 'the sink gave no reason');
    } catch (thrown) {
      return messageOf(thrown, 'the sink failed');
    } finally {
      this.#took(this.#clock.now() - startedMs);
    }
  }

  /** It gets no further event. */
  mute(message: string): void {
    if (this.#muted !== undefined) return;
    this.#muted = message;
    const waiting = this.#queue.clear();
    this.#witness.muted(this.#failures, message);
    this.#loss.count(waiting, 'the sink is muted');
  }

  /** Gives it what still waits, as far as there is time, and tells what it lost. */
  end(): void {
    this.#queue.drain(LAST_MS);
    this.#loss.count(this.#queue.clear(), 'the sink is slow, and is closed');
    this.#loss.end();
  }

  async flush(): Promise<void> {
    await this.#sink.flush?.();
  }

  async close(): Promise<void> {
    await this.#sink.close?.();
  }

  #give(event: TelemetryEvent, startedMs: number): number {
    this.#hearsOfLoss = isOfLoss(event);
    try {
      const answer = this.#sink.record(event);
      if (answer instanceof Promise) this.#watch(answer);
      else this.#failures = 0;
    } catch (thrown) {
      this.#fail(thrown);
    }
    this.#hearsOfLoss = false;
    const endedMs = this.#clock.now();
    this.#took(endedMs - startedMs);
    return endedMs;
  }

  #withContent(event: TelemetryEvent, source: ContentSource): TelemetryEvent {
    const kinds = this.face.content;
    const content = chosenContent(
      source((kind) => kinds.includes(kind)),
      kinds,
    );
    return Object.freeze({ ...event, content: Object.freeze(content) });
  }

  #isKeptFrom(event: TelemetryEvent): boolean {
    return this.face.isWindow && 'isPrivate' in event;
  }

  /** The sink may say it again and again. */
  #change(up: unknown, reason: unknown): void {
    if (up === this.#isUp || typeof up !== 'boolean') return;
    this.#isUp = up;
    this.#witness.changed(up, typeof reason === 'string' ? reason : undefined);
  }

  #lose(event: TelemetryEvent, reason: string): void {
    if (!isOfLoss(event)) this.#loss.count(1, reason);
  }

  #took(ms: number): void {
    if (this.#pace.took(ms)) this.#queue.rest(ms);
    if (this.#pace.isUnbearable)
      this.mute(`it held up the event loop for ${String(Math.round(this.#pace.heldUpMs))} ms`);
  }

  #watch(answer: Promise<unknown>): void {
    answer.then(
      () => {
        this.#failures = 0;
      },
      (thrown: unknown) => {
        this.#fail(thrown);
      },
    );
  }

  #fail(thrown: unknown): void {
    this.#failures += 1;
    if (this.#failures === MUTE_AFTER) this.mute(messageOf(thrown, 'no message'));
  }
}

function isOfLoss({ name }: TelemetryEvent): boolean {
  return name === 'sink.dropped' || name === 'sink.muted';
}
