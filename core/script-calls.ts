/**
 * The tool calls of one script: counted, in turn, with a line in the ledger and an event each. A search for
 * tools is counted and in turn like a call. After {@link end} none starts and those in flight are given up.
 */
import { CallQueue } from './call-queue.js';
import type { ClientLink } from './client-link.js';
import type { Clock } from './clock.js';
import { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import type { Position } from './error.js';
import type { EventFeed } from './events.js';
import { tellLimit } from './limit-event.js';
import type { JsonObject } from './json.js';
import type { Ledger, LedgerLine } from './ledger.js';
import type { Meter } from './meter.js';
import type { CallRecord } from './outcome.js';
import type { ToolReply } from './script-runtime.js';
import type { BoundTool } from './tool-catalog.js';
import type { CallReport } from './call-report.js';
import type { ToolCaller } from './tool-caller.js';
import type { Caller } from './caller.js';
import type { CallTrack } from './call-track.js';
import type { TraceContext } from './trace-context.js';
import { toReply } from './tool-result.js';

/** What the calls of one script share. */
export interface ScriptCallsOptions {
  readonly toolCaller: ToolCaller;
  readonly events: EventFeed;
  /** Whether the sinks are told of the calls. */
  readonly isTold: boolean;
  /** Whether sinks that show content get none of them. */
  readonly isPrivate: boolean;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly ledger: Ledger;
  readonly caller: Caller;
  /** The same, for sinks. */
  readonly toldCaller: Caller;
  readonly runId: string;
  readonly meta: JsonObject | undefined;
  readonly client: ClientLink | undefined;
  readonly requestId: string | undefined;
  /** Where the script stands in a trace. */
  readonly trace: TraceContext | undefined;
}

/** Makes a script's calls. */
export class ScriptCalls {
  readonly #options: ScriptCallsOptions;
  readonly #queue: CallQueue;
  readonly #ending: Ending;
  readonly #pending = new Set<Promise<unknown>>();
  #asked = 0;
  #resultBytes = 0;

  constructor(options: ScriptCallsOptions) {
    this.#options = options;
    this.#ending = new Ending(options.clock);
    this.#queue = new CallQueue(options.meter.limits.parallel);
  }

  /** Whether the calls have been ended. */
  get isOver(): boolean {
    return this.#ending.reason !== undefined;
  }

  /** Bytes that tools answered until now, about; counted only where the sinks are told. */
  get resultBytes(): number {
    return this.#resultBytes;
  }

  /** Calls a tool; rejects with a ToolscriptError. */
  call(bound: BoundTool, args: JsonObject, position?: Position): Promise<ToolReply> {
    return this.#followed(this.#call(bound, args, position));
  }

  /** Searches, within the time of one call; `search` stops with the ending that it is given. */
  find<Found>(search: (ending: Ending) => Promise<Found>): Promise<Found> {
    return this.#followed(this.#find(search));
  }

  /** Ends every call; resolves when each has its line and its event. */
  async end(reason: ToolscriptError): Promise<void> {
    this.#ending.end(reason);
    await Promise.allSettled(this.#pending);
  }

  #followed<Answer>(answer: Promise<Answer>): Promise<Answer> {
    this.#pending.add(answer);
    const forget = (): void => {
      this.#pending.delete(answer);
    };
    answer.then(forget, forget);
    return answer;
  }

  async #find<Found>(search: (ending: Ending) => Promise<Found>): Promise<Found> {
    if (this.#ending.reason !== undefined) throw this.#ending.reason;
    const { meter, clock } = this.#options;
    const { toolCallTimeoutMs } = meter.limits;
    meter.countToolCall();
    return this.#inTurn(async () => {
      const ending = new Ending(clock, this.#ending.signal);
      ending.endAfter(toolCallTimeoutMs, () => searchTimeout(toolCallTimeoutMs));
      try {
        return await search(ending);
      } finally {
        ending.dispose();
      }
    });
  }

  async #call(bound: BoundTool, args: JsonObject, position?: Position): Promise<ToolReply> {
    if (this.#ending.reason !== undefined) throw this.#ending.reason;
    const { toolCaller, meter, ledger, caller, meta, client } = this.#options;
    meter.countToolCall();
    const line = ledger.open(bound.tool.name, meter.elapsedMs());
    const track = this.#trackOf(line, args, position);
    const report = await toolCaller.call({
      bound,
      args,
      caller,
      meta,
      client,
      mode: 'script',
      timeoutMs: meter.limits.toolCallTimeoutMs,
      ending: this.#ending,
      inTurn: (act) => this.#inTurn(act, track),
      track,
    });
    const reply = this.#replyOf(bound, report);
    this.#close(line, report, reply, track);
    if (reply instanceof ToolscriptError) throw reply;
    return reply;
  }

  #replyOf(bound: BoundTool, { answer }: CallReport): ToolReply | ToolscriptError {
    if (answer instanceof ToolscriptError) return answer;
    try {
      return toReply(bound.tool.name, answer, this.#options.meter.limits.valueBytes);
    } catch (thrown) {
      // toReply throws no other.
      return thrown as ToolscriptError;
    }
  }

  #trackOf({ tool, startedMs }: LedgerLine, args: JsonObject, position?: Position): CallTrack | undefined {
    const { toolCaller, isTold, isPrivate, toldCaller, runId, requestId, trace } = this.#options;
    if (!isTold) return undefined;
    this.#asked += 1;
    return toolCaller.track(
      {
        callId: `${runId}/${String(this.#asked)}`,
        tool,
        caller: toldCaller,
        mode: 'script',
        runId,
        ...(requestId !== undefined && { requestId }),
        startedMs,
        ...(position !== undefined && { position: frozen(position) }),
        ...(isPrivate && { isPrivate }),
        ...(trace !== undefined && { trace }),
      },
      args,
    );
  }

  async #inTurn<Answer>(act: () => Promise<Answer>, track?: CallTrack): Promise<Answer> {
    const place = { isTaken: false };
    const turn = new Promise<void>((resolve) => {
      this.#queue.enter(() => {
        place.isTaken = !this.isOver;
        resolve();
        return place.isTaken;
      });
    });
    if (!place.isTaken && !this.isOver) track?.queued();
    let endCall = (): void => undefined;
    try {
      await this.#ending.until(turn);
      endCall = this.#options.meter.beginCall();
      return await act();
    } finally {
      endCall();
      if (place.isTaken) this.#queue.leave();
    }
  }

  #close(
    line: LedgerLine,
    report: CallReport,
    reply: ToolReply | ToolscriptError,
    track: CallTrack | undefined,
  ): void {
    const { ledger, events, meter, toldCaller: caller, runId, requestId, trace } = this.#options;
    const error = reply instanceof ToolscriptError ? reply : undefined;
    line.queuedMs = report.queuedMs;
    line.ranMs = report.ranMs;
    const status = statusOf(report, error !== undefined, this.isOver);
    ledger.close(line, status, error?.code);
    if (status === 'unsent' || track === undefined) return;
    if (report.isTimeout) {
      const subject = { caller, runId, requestId, trace, tool: line.tool };
      tellLimit(events, 'toolCallTimeoutMs', meter.limits, subject);
    }
    this.#resultBytes += track.finished({ report, error, status, meter });
  }
}

/** A runtime that calls from one place often hands over the same object each time. */
function frozen(position: Position): Position {
  if (Object.isFrozen(position)) return position;
  const { line, column } = position;
  return Object.freeze({ line, column });
}

function searchTimeout(timeoutMs: number): ToolscriptError {
  return new ToolscriptError({
    code: 'tool/timeout',
    message: `find tools: no answer within ${String(timeoutMs)} ms`,
  });
}

function statusOf(report: CallReport, isError: boolean, isOver: boolean): CallRecord['status'] {
  if (!isError) return 'succeeded';
  if (!report.isSent) return isOver ? 'unsent' : 'failed';
  return report.isAnswered ? 'failed' : 'unknown';
}
