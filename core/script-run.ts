/** The state of one run, and the face of it that a runtime sees. */
import type { Clock } from './clock.js';
import type { RunRequest } from './code-mode.js';
import type { Ending } from './ending.js';
import type { Position } from './error.js';
import type { JsonObject } from './json.js';
import { Ledger } from './ledger.js';
import { DEFAULT_LIMITS } from './limit-policy.js';
import type { Limits } from './limit-policy.js';
import { Meter } from './meter.js';
import { ProgressRelay } from './progress-relay.js';
import type { ScriptCalls } from './script-calls.js';
import type { ScriptHost, ScriptRuntime, ToolReply } from './script-runtime.js';
import type { BoundTool } from './tool-catalog.js';
import { traceContextOf } from './trace-context.js';
import type { TraceContext } from './trace-context.js';
import { ANONYMOUS } from './caller.js';
import type { Caller } from './caller.js';
import { toldCaller } from './told-caller.js';

/** Looks for tools of the run's caller. */
export type FindTools = (text: string, limit: number, ending: Ending) => Promise<readonly BoundTool[]>;

/** One run, from its request to its outcome. */
export class ScriptRun {
  readonly id: string;
  readonly request: RunRequest;
  readonly caller: Caller;
  readonly ending: Ending;
  readonly ledger = new Ledger();
  readonly logs: string[] = [];
  /** Until the policy answers, the defaults hold. */
  meter: Meter;
  scriptBytes = 0;
  /** Whether the sinks are told of it, from its start to its end. */
  isTold = false;
  /** Whether sinks that show content get none of it. */
  isPrivate = false;
  /** SHA-256, hexadecimal; empty when there is no acceptable script or the sinks are not told. */
  scriptHash = '';
  /** Why the policy refused; for sinks. */
  refusal: string | undefined;
  /** How many tools the caller sees. */
  tools = 0;
  /** What runs it; the default until another is chosen. */
  runtime: ScriptRuntime;
  /** The runtime has begun. */
  isStarted = false;
  /** Where it stands in a trace. */
  trace: TraceContext | undefined;
  /** Its calls, once there may be some. */
  calls: ScriptCalls | undefined;
  readonly #clock: Clock;
  readonly #startedMs: number;
  #toldCaller: Caller | undefined;

  constructor(request: RunRequest, runtime: ScriptRuntime, ending: Ending, clock: Clock) {
    this.runtime = runtime;
    this.request = request;
    this.id = request.id ?? crypto.randomUUID();
    this.caller = request.caller ?? ANONYMOUS;
    this.ending = ending;
    this.#clock = clock;
    this.#startedMs = clock.now();
    this.trace = request.request?.trace ?? traceContextOf(request.meta);
    this.meter = new Meter(DEFAULT_LIMITS, clock, this.#startedMs);
  }

  /** The caller, for sinks. */
  get toldCaller(): Caller {
    return (this.#toldCaller ??= toldCaller(this.caller));
  }

  /** Puts the run under limits; the wall time counts from its start. */
  limitTo(limits: Limits): void {
    const meter = new Meter(limits, this.#clock, this.#startedMs);
    this.ending.endAfter(meter.deadlineMs - this.#clock.now(), () => meter.exceeded('wallTimeMs'));
    this.meter = meter;
  }

  /** What the runtime may ask for. */
  host(calls: ScriptCalls, find: FindTools): ScriptHost {
    this.calls = calls;
    const { meter, ending, logs } = this;
    const relay = new ProgressRelay(this.request.onProgress, this.#clock);
    return {
      meter,
      clock: this.#clock,
      signal: ending.signal,
      callTool: (tool: BoundTool, args: JsonObject, position?: Position): Promise<ToolReply> =>
        calls.call(tool, args, position),
      findTools: (text, limit) => calls.find((ending) => find(text, limit, ending)),
      print(line) {
        meter.countLog(line);
        logs.push(line);
      },
      progress(done, total, message) {
        if (!calls.isOver) relay.tell(done, total, message);
      },
    };
  }
}
