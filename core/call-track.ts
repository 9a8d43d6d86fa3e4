/**
 * Tells the sinks of one tool call, from its asking to its end.
 *
 * What an event adds stands before the subject that is spread into it: V8 is many times faster that way round,
 * and this is done with every call.
 */
import type { CallSubject, EndCode } from './event.js';
import type { EventContent, ContentSource } from './event-content.js';
import type { EventFeed } from './events.js';
import { canonicalText, jsonText } from './json-text.js';
import type { JsonObject } from './json.js';
import { sha256 } from './sha256.js';
import { ToolscriptError } from './error.js';
import type { CallRecord } from './outcome.js';
import type { Meter } from './meter.js';
import type { CallReport } from './call-report.js';
import { resultBytes } from './tool-result.js';
import type { ToolResult } from './tool-dispatcher.js';
import { withTrace } from './trace-context.js';

/** How a call ended, for the sinks. */
interface CallEnd {
  readonly report: CallReport;
  /** The error, also where a result of the tool is one. */
  readonly error: ToolscriptError | undefined;
  readonly status: CallRecord['status'];
  /** Of the script that makes the call. */
  readonly meter?: Meter;
}

/** One call's. */
export class CallTrack {
  readonly #events: EventFeed;
  readonly #args: JsonObject;
  #subject: CallSubject;
  #argumentHash: string | undefined;

  constructor(events: EventFeed, subject: CallSubject, args: JsonObject) {
    this.#events = events;
    this.#subject = subject;
    this.#args = args;
  }

  /** The call, as the sinks know it by now. */
  get subject(): CallSubject {
    return this.#subject;
  }

  /** It waits for its turn. */
  queued(): void {
    this.#events.emit('tool.queued', this.#subject);
  }

  /** It goes out now: answers the `_meta` to send. */
  started(queuedMs: number, meta: JsonObject | undefined): JsonObject | undefined {
    const before = this.#subject.trace;
    const content: ContentSource = (wants) => (wants('arguments') ? { arguments: jsonText(this.#args) } : {});
    const trace = this.#events.begin('tool.started', { queuedMs, ...this.#subject }, content);
    if (trace === before || trace === undefined) return meta;
    this.#subject = { ...this.#subject, trace };
    return withTrace(meta, trace);
  }

  /** Whether there is something to {@link prepare}. */
  get needsTime(): boolean {
    return this.#events.wants('argumentHash');
  }

  /** Works out before the call what sinks ask for and takes its time. */
  async prepare(): Promise<void> {
    this.#argumentHash = await sha256(canonicalText(this.#args));
  }

  /** It is over; answers how many bytes the tool answered, about. */
  finished({ report, error, status, meter }: CallEnd): number {
    const { answer, queuedMs, ranMs, reason } = report;
    const isResult = report.isAnswered && !(answer instanceof ToolscriptError);
    const bytes = isResult ? resultBytes(answer) : 0;
    if (!this.#events.hears('tool.called')) return bytes;
    const code: EndCode = error?.code ?? 'ok';
    const ended = { name: 'tool.called' as const, code, status, queuedMs, ranMs, resultBytes: bytes };
    const event =
      meter === undefined ? { ...ended, ...this.#subject } : { ...ended, ...used(meter), ...this.#subject };
    this.#events.tell(reason === undefined ? event : { ...event, reason }, (wants) => ({
      ...(wants('argumentHash') && this.#argumentHash !== undefined && { argumentHash: this.#argumentHash }),
      ...(wants('result') && resultContent(answer)),
      ...(wants('error') && error !== undefined && { error: error.message }),
    }));
    return bytes;
  }
}

function used({ counted: { steps, memoryBytes } }: Meter) {
  return { steps, memoryBytes };
}

function resultContent(answer: ToolResult | ToolscriptError): EventContent {
  return answer instanceof ToolscriptError ? {} : { result: jsonText(answer as JsonObject) };
}
