/**
 * One call of one tool, by a script or by the client itself: schema, policy, its turn, the dispatcher,
 * the time limit. Who calls brings the turn; what becomes of the call is told by {@link CallReport}.
 */
import { CallTrack } from './call-track.js';
import type { CallReport } from './call-report.js';
import type { ClientLink, InputRound } from './client-link.js';
import { roundedMs } from './clock.js';
import type { Clock } from './clock.js';
import type { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import type { ErrorCode } from './error.js';
import type { CallSubject } from './event.js';
import type { EventFeed } from './events.js';
import { inject, injectable, TOKENS } from './injection.js';
import type { JsonObject } from './json.js';
import type { PolicyGate } from './policy-gate.js';
import { asToolscriptError, messageOf } from './thrown.js';
import type { BoundTool } from './tool-catalog.js';
import type { Caller } from './caller.js';
import type { Progress } from './progress.js';
import type { ToolCall, ToolDispatcher, ToolResult } from './tool-dispatcher.js';
import { checkToolResult } from './tool-result.js';
import { deniedError } from './verdict.js';

/** A call that is to be made. */
export interface PlannedCall {
  readonly bound: BoundTool;
  readonly args: JsonObject;
  readonly caller: Caller;
  readonly mode: 'script' | 'direct';
  /** Milliseconds from sending to the answer. */
  readonly timeoutMs: number;
  /** Ends the call. */
  readonly ending: Ending;
  readonly meta?: JsonObject | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  readonly client?: ClientLink | undefined;
  readonly input?: InputRound | undefined;
  /** Waits for the call's turn and makes it then; at once when absent. */
  readonly inTurn?: ((act: () => Promise<ToolResult>) => Promise<ToolResult>) | undefined;
  /** Tells the sinks; absent where they are not told. */
  readonly track?: CallTrack | undefined;
}

/** Makes calls. */
@injectable()
export class ToolCaller {
  readonly #dispatcher: ToolDispatcher;
  readonly #policy: PolicyGate;
  readonly #events: EventFeed;
  readonly #clock: Clock;

  constructor(
    @inject(TOKENS.dispatcher) dispatcher: ToolDispatcher,
    @inject(TOKENS.policyGate) policy: PolicyGate,
    @inject(TOKENS.events) events: EventFeed,
    @inject(TOKENS.clock) clock: Clock,
  ) {
    this.#dispatcher = dispatcher;
    this.#policy = policy;
    this.#events = events;
    this.#clock = clock;
  }

  /** What tells the sinks of a call. */
  track(subject: Omit<CallSubject, 'backend'>, args: JsonObject): CallTrack {
    const backend = this.#backendOf(subject.tool);
    return new CallTrack(this.#events, { ...subject, ...(backend !== undefined && { backend }) }, args);
  }

  #backendOf(tool: string): string | undefined {
    try {
      return this.#dispatcher.origin?.(tool)?.backend;
    } catch {
      return undefined;
    }
  }

  /** Makes a call and tells what became of it. Never rejects. */
  async call(planned: PlannedCall): Promise<CallReport> {
    const course = new Course(this.#clock);
    try {
      if (planned.track?.needsTime === true) await planned.track.prepare();
      return course.report(await this.#make(planned, course));
    } catch (thrown) {
      return course.report(callError(planned, thrown));
    }
  }

  async #make(planned: PlannedCall, course: Course): Promise<ToolResult> {
    const fault = planned.bound.checkArguments(planned.args);
    if (fault !== null) throw fault;
    await this.#authorize(planned, course);
    course.ask();
    const send = (): Promise<ToolResult> => this.#send(planned, course);
    return planned.inTurn === undefined ? send() : planned.inTurn(send);
  }

  async #authorize({ bound, caller, args, mode, ending }: PlannedCall, course: Course): Promise<void> {
    const { tool } = bound;
    const verdict = await ending.until(this.#policy.authorize({ caller, tool, args, mode }));
    if (verdict.allow) return;
    course.reason = verdict.reason;
    throw deniedError(`call ${tool.name}`, verdict, tool.name);
  }

  async #send(planned: PlannedCall, course: Course): Promise<ToolResult> {
    if (planned.ending.reason !== undefined) throw planned.ending.reason;
    const patience = new Patience();
    const stop = planned.ending.onEnd(() => {
      patience.end(planned.ending.reason);
    });
    const cancelTimer = this.#clock.after(planned.timeoutMs, () => {
      course.isTimeout = true;
      patience.end(timeoutError(planned));
    });
    course.send();
    try {
      const answer = await patience.until(this.#dispatch(planned, course, patience.signal));
      checkToolResult(planned.bound.tool.name, answer);
      return answer;
    } finally {
      course.end(!patience.isOver);
      cancelTimer();
      stop();
    }
  }

  /** Async, so that a dispatcher that throws at once rejects too. */
  async #dispatch(planned: PlannedCall, course: Course, signal: AbortSignal): Promise<unknown> {
    const { bound, args, caller, track, onProgress, client, input } = planned;
    const meta = track === undefined ? planned.meta : track.started(course.queuedMs, planned.meta);
    const call: ToolCall = {
      tool: bound.tool.name,
      args,
      caller,
      signal,
      ...(meta !== undefined && { meta }),
      ...(onProgress !== undefined && { onProgress }),
      ...(client !== undefined && { client }),
      ...(input !== undefined && { input }),
    };
    return this.#dispatcher.callTool(call);
  }
}

/** How long a call is waited for. Its signal is for the dispatcher; who waits needs no listener there. */
class Patience {
  readonly #controller = new AbortController();
  #giveUp = (): void => undefined;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get isOver(): boolean {
    return this.signal.aborted;
  }

  end(reason: ToolscriptError | undefined): void {
    this.#controller.abort(reason);
    this.#giveUp();
  }

  /** What the promise answers, or rejects with the reason of the end. What the promise does later is ignored. */
  until<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#giveUp = () => {
        reject(this.signal.reason);
      };
      if (this.isOver) this.#giveUp();
      promise.then(resolve, reject);
    });
  }
}

/** The times and turns of one call. */
class Course {
  reason: string | undefined;
  isTimeout = false;
  readonly #clock: Clock;
  #askedMs: number | undefined;
  #sentMs: number | undefined;
  #endedMs: number | undefined;
  #isAnswered = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The call may go: from now it waits for its turn. */
  ask(): void {
    this.#askedMs = this.#clock.now();
  }

  send(): void {
    this.#sentMs = this.#clock.now();
  }

  get queuedMs(): number {
    const sentMs = this.#sentMs ?? 0;
    return roundedMs(sentMs - (this.#askedMs ?? sentMs));
  }

  end(isAnswered: boolean): void {
    this.#endedMs = this.#clock.now();
    this.#isAnswered = isAnswered;
  }

  report(answer: ToolResult | ToolscriptError): CallReport {
    const endedMs = this.#endedMs ?? this.#clock.now();
    const sentMs = this.#sentMs ?? endedMs;
    return {
      answer,
      isSent: this.#sentMs !== undefined,
      isAnswered: this.#isAnswered,
      isTimeout: this.isTimeout,
      queuedMs: roundedMs(sentMs - (this.#askedMs ?? sentMs)),
      ranMs: roundedMs(endedMs - sentMs),
      ...(this.reason !== undefined && { reason: this.reason }),
    };
  }
}

/** What went wrong, as an error that a caller may read. */
function callError({ bound, ending }: PlannedCall, thrown: unknown): ToolscriptError {
  if (ending.reason !== undefined) return ending.reason;
  const tool = bound.tool.name;
  const error = asToolscriptError(thrown);
  if (error !== undefined && isCallCode(error.code))
    return error.tool === undefined ? named(error, tool) : error;
  const message = messageOf(thrown, `call ${tool}: failed without a reason`);
  return new ToolscriptError({ code: 'tool/failed', message, tool });
}

function isCallCode(code: ErrorCode): boolean {
  return code.startsWith('tool/') || code.startsWith('backend/') || code === 'limit/refused';
}

function named({ code, message, hint, retryAfterMs, rpc }: ToolscriptError, tool: string): ToolscriptError {
  return new ToolscriptError({
    code,
    message,
    tool,
    ...(hint !== undefined && { hint }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(rpc !== undefined && { rpc }),
  });
}

function timeoutError({ bound, timeoutMs }: PlannedCall): ToolscriptError {
  const tool = bound.tool.name;
  return new ToolscriptError({
    code: 'tool/timeout',
    message: `call ${tool}: no answer within ${String(timeoutMs)} ms`,
    hint: 'ask the tool for less at once; what it was doing may still take effect',
    tool,
  });
}
