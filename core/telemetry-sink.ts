/** Contract: takes what happens. */
import type { EventName, StartEvent, TelemetryEvent } from './event.js';
import type { ContentKind } from './event-content.js';
import type { TraceContext } from './trace-context.js';

/** What a sink may tell the composition. */
export interface SinkHost {
  /** That it can do its work no more and why, or that it can again: all sinks hear of it. */
  changed(up: boolean, reason?: string): void;
  /** That events were lost, how many and why: all sinks hear of it, once a second at most. */
  dropped(events: number, reason: string): void;
}

/**
 * Takes events. `record` is called in the order of the events, at once and not awaited: a sink that
 * needs time keeps a queue of its own. One whose `record` takes more than a millisecond or so again and again
 * gets its events later, from a queue of 1,000, and loses what has no room there; one that throws three times
 * in a row, or holds up the event loop for three seconds, is muted. None of it touches a script.
 */
export interface TelemetrySink {
  /** For diagnostics; `unnamed` when absent. */
  readonly name?: string;
  /** The events that it takes; default: all. Read once. */
  readonly takes?: readonly EventName[];
  /** The content that its events shall carry; default: none. Read once. */
  readonly content?: readonly ContentKind[];
  /**
   * Whether it shows content to people who look on, as a console does: it gets none of scripts that a policy keeps
   * private. Read once.
   */
  readonly isWindow?: boolean;
  /** Called once, before the first event. */
  attach?(host: SinkHost): void;
  /**
   * Whether nothing would come of a request, script or call that begins now. While all sinks are idle, what begins
   * is not told, to its end, and costs as little as without sinks. Asked whenever something begins.
   */
  idle?(): boolean;
  /** Takes an event, which is frozen and the same for all sinks. */
  record(event: TelemetryEvent): void;
  /**
   * Opens a span for what is about to begin, as a part of `event.trace`, and answers its place. The place goes
   * out with the calls that are made, and every event of the thing carries it. The first sink that answers
   * decides. Called before the event is recorded; not while the sink is slow.
   */
  trace?(event: StartEvent): TraceContext | undefined;
  /**
   * Why no script may start, where nothing may happen that this sink cannot record; asked before each. The
   * operator's words: the caller does not read them. No script starts either while such a sink is muted, fails
   * to answer, or is 500 events behind.
   */
  refusal?(): string | undefined;
  /** Sends what is waiting, within 5 seconds. */
  flush?(): Promise<void>;
  /** Called once, after the last event and `flush`; within 2 seconds. */
  close?(): Promise<void> | void;
}

/** The silent default: takes nothing. */
export const silentSink: TelemetrySink = { name: 'silent', record: () => undefined };
