/** Contract: takes what happens. */
import type { StartEvent, TelemetryEvent } from './event.js';
import type { ContentKind } from './event-content.js';
import type { TraceContext } from './trace-context.js';

/** What a sink may tell the composition. */
export interface SinkHost {
  /** That it can do its work no more and why, or that it can again: the other sinks hear of it. */
  changed(up: boolean, reason?: string): void;
  /** That events were lost, how many and why: the other sinks hear of it. */
  dropped(events: number, reason: string): void;
}

/**
 * Takes events. `record` is called in the order of the events, at once and not awaited: a sink that
 * needs time keeps a queue of its own. A sink that throws three times in a row is muted; no throw touches
 * a script.
 */
export interface TelemetrySink {
  /** For diagnostics; `unnamed` when absent. */
  readonly name?: string;
  /** The content that its events shall carry; default: none. Read once. */
  readonly content?: readonly ContentKind[];
  /** Called once, before the first event. */
  attach?(host: SinkHost): void;
  record(event: TelemetryEvent): void;
  /**
   * Opens a span for what is about to begin, as a part of `event.trace`, and answers its place. The place goes
   * out with the calls that are made, and every event of the thing carries it. The first sink that answers
   * decides. Called before the event is recorded.
   */
  trace?(event: StartEvent): TraceContext | undefined;
  /**
   * Why no script may start, where nothing may happen that this sink cannot record; asked before each. The
   * operator's words: the caller does not read them.
   */
  refusal?(): string | undefined;
  /** Sends what is waiting. */
  flush?(): Promise<void>;
  close?(): Promise<void> | void;
}

/** The silent default: takes nothing. */
export const silentSink: TelemetrySink = { name: 'silent', record: () => undefined };
