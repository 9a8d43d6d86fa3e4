/** One run while it goes on, and afterwards: events folded into a record. */
import { ERROR_CODES, type EventContent, type Events, type Usage } from '../../../core/index.js';
import type { RunError, RunRecord } from '../api.js';
import { KeptCall } from './kept-call.js';
import * as bounds from './text-bounds.js';

type Started = Events['script.started'];
type Refused = Events['script.refused'];
type Finished = Events['script.finished'];
type CallEvent = Events['tool.queued' | 'tool.started' | 'tool.called'];

/** Calls that one run keeps. */
const MOST_CALLS = 1_000;
/** Bytes of a call in memory, about. */
const CALL_BYTES = 400;
const RUN_BYTES = 1_000;

const NO_USAGE: Usage = {
  steps: 0,
  memoryBytes: 0,
  toolCalls: 0,
  branches: 0,
  parallelPeak: 0,
  outputBytes: 0,
  logBytes: 0,
  wallTimeMs: 0,
  waitMs: 0,
};

type Head = Omit<RunRecord, 'calls' | 'callsLeftOut' | 'logs' | 'usage'>;

/** A run, as far as it has come. */
export class KeptRun {
  readonly #calls = new Map<string, KeptCall>();
  #head: Head;
  #usage = NO_USAGE;
  #logs: readonly string[] = [];
  #leftOut = 0;
  /** The ids of calls that were sent and not answered. */
  readonly #inFlight = new Set<string>();
  #waitSinceMs = 0;

  private constructor(head: Head) {
    this.#head = head;
  }

  /** It began at `now`, in milliseconds since 1970. */
  static started(event: Started, from: RunRecord['from'], now: number, content: EventContent): KeptRun {
    const { limits, tools, scriptBytes } = event;
    return new KeptRun({
      ...headOf(event, from, now),
      state: 'running',
      scriptBytes,
      tools,
      limits,
      ...(content.script !== undefined && { script: bounds.cut(content.script, bounds.LONGEST_SCRIPT) }),
    });
  }

  /** It did not begin. */
  static refused(event: Refused, from: RunRecord['from'], now: number, content: EventContent): KeptRun {
    const { script, error } = content;
    return new KeptRun({
      ...headOf(event, from, now),
      state: 'refused',
      code: event.code,
      error: errorOf(event, error),
      ...(script !== undefined && { script: bounds.cut(script, bounds.LONGEST_SCRIPT) }),
    });
  }

  get id(): string {
    return this.#head.id;
  }

  get isOver(): boolean {
    return this.#head.state !== 'running';
  }

  /** Bytes in memory, about. */
  get bytes(): number {
    const { script = '', result = '' } = this.#head;
    const logs = this.#logs.reduce((sum, line) => sum + line.length, 0);
    return RUN_BYTES + 2 * (script.length + result.length + logs) + this.#calls.size * CALL_BYTES;
  }

  /** How many calls are kept. */
  get calls(): number {
    return this.#calls.size;
  }

  queued(event: CallEvent): void {
    this.#callOf(event);
  }

  sent(event: Events['tool.started']): void {
    this.#callOf(event)?.started(event.queuedMs);
    if (this.#inFlight.size === 0) this.#waitSinceMs = event.startedMs + event.queuedMs;
    this.#inFlight.add(event.callId);
    const parallelPeak = Math.max(this.#usage.parallelPeak, this.#inFlight.size);
    this.#usage = { ...this.#usage, parallelPeak };
  }

  called(event: Events['tool.called'], { error }: EventContent): void {
    const call = this.#callOf(event);
    if (call === undefined) this.#leftOut += 1;
    else call.called(event, error);
    const { steps = 0, memoryBytes = 0, startedMs, queuedMs, ranMs } = event;
    const atMs = startedMs + queuedMs + ranMs;
    const before = this.#usage;
    this.#usage = {
      ...before,
      steps: Math.max(before.steps, steps),
      memoryBytes: Math.max(before.memoryBytes, memoryBytes),
      toolCalls: before.toolCalls + 1,
      wallTimeMs: Math.max(before.wallTimeMs, atMs),
      waitMs: before.waitMs + this.#landed(event.callId, atMs),
    };
    this.#head = { ...this.#head, resultBytes: this.#head.resultBytes + event.resultBytes };
  }

  finished(event: Finished, { logs = [], result, error }: EventContent): void {
    const { code, usage, resultBytes, savedTokens } = event;
    for (const call of this.#calls.values()) call.ended(usage.wallTimeMs);
    this.#logs = bounds.cutLines(logs, bounds.LONGEST_LOGS);
    this.#usage = usage;
    this.#head = {
      ...this.#head,
      state: 'finished',
      code,
      resultBytes,
      savedTokens,
      ...(result !== undefined && { result: bounds.cut(result, bounds.LONGEST_RESULT) }),
      ...(code !== 'ok' && { error: errorOf({ ...event, code }, error) }),
    };
  }

  /** Forgets what it held of texts. */
  forgetTexts(): void {
    this.#head = withoutTexts(this.#head);
    this.#logs = [];
  }

  /** Forgets its calls too. */
  forgetCalls(): void {
    this.#leftOut += this.#calls.size;
    this.#calls.clear();
  }

  /** Without calls, logs and script. */
  get head(): RunRecord {
    return {
      ...withoutTexts(this.#head),
      usage: this.#usage,
      calls: [],
      callsLeftOut: this.#leftOut,
      logs: [],
    };
  }

  get record(): RunRecord {
    return {
      ...this.#head,
      usage: this.#usage,
      calls: Array.from(this.#calls.values(), ({ bar }) => bar),
      callsLeftOut: this.#leftOut,
      logs: this.#logs,
    };
  }

  /** Milliseconds of waiting that ended with the call. One that was not sent kept nobody waiting. */
  #landed(callId: string, atMs: number): number {
    const isLast = this.#inFlight.delete(callId) && this.#inFlight.size === 0;
    return isLast ? Math.max(0, atMs - this.#waitSinceMs) : 0;
  }

  #callOf(event: CallEvent): KeptCall | undefined {
    const known = this.#calls.get(event.callId);
    if (known !== undefined) return known;
    if (this.#calls.size >= MOST_CALLS) return undefined;
    const call = new KeptCall(event);
    this.#calls.set(event.callId, call);
    return call;
  }
}

function headOf(event: Started | Refused, from: RunRecord['from'], now: number): Head {
  const { runId, caller, runtime, queuedMs, scriptHash } = event;
  return {
    id: runId,
    caller: bounds.cut(caller.id, bounds.LONGEST_NAME),
    runtime: bounds.cut(runtime, bounds.LONGEST_NAME),
    from,
    askedAt: Math.round(now - queuedMs),
    queuedMs,
    state: 'running',
    scriptHash,
    scriptBytes: 0,
    tools: 0,
    resultBytes: 0,
    savedTokens: 0,
  };
}

/** Where nobody may read the message, the code says what it means. */
function errorOf(
  { code, ...place }: Refused | (Finished & Pick<Refused, 'code'>),
  message?: string,
): RunError {
  const { position, tool } = place as Partial<Finished>;
  return {
    code,
    message: bounds.cut(message ?? ERROR_CODES[code], bounds.LONGEST_MESSAGE),
    ...(position !== undefined && { position }),
    ...(tool !== undefined && { tool: bounds.cut(tool, bounds.LONGEST_NAME) }),
  };
}

function withoutTexts(head: Head): Head {
  const rest: { -readonly [Key in keyof Head]: Head[Key] } = { ...head };
  delete rest.script;
  delete rest.result;
  return rest;
}
