/**
 * Counts one script against its limits, and makes every `limit/*` error.
 *
 * What happens outside the runtime (calls, logs, sizes, waiting) is counted here; what happens inside
 * (steps, memory, branches) the runtime counts itself and reports.
 */
import { utf8Bytes } from './byte-count.js';
import { roundedMs } from './clock.js';
import type { Clock } from './clock.js';
import { ToolscriptError } from './error.js';
import type { ErrorCode } from './error.js';
import type { LimitName, Limits } from './limit-policy.js';
import type { Usage } from './outcome.js';

/** What a runtime reports; each number replaces the one before. */
export type RuntimeUsage = Partial<Pick<Usage, 'steps' | 'memoryBytes' | 'branches'>>;

/** The meter of one script. */
export class Meter {
  readonly limits: Limits;
  /** When the script must end, on the scale of the clock. */
  readonly deadlineMs: number;
  readonly #clock: Clock;
  readonly #startedMs: number;
  #runtime: Required<RuntimeUsage> = { steps: 0, memoryBytes: 0, branches: 0 };
  #follow: (() => RuntimeUsage) | undefined;
  #toolCalls = 0;
  #inFlight = 0;
  #parallelPeak = 0;
  #outputBytes = 0;
  #logBytes = 0;
  #waits = 0;
  #waitSinceMs = 0;
  #waitMs = 0;
  #met: LimitName | undefined;

  /** `startedMs` is when the script began, on the scale of the clock; now when absent. */
  constructor(limits: Limits, clock: Clock, startedMs = clock.now()) {
    this.limits = limits;
    this.#clock = clock;
    this.#startedMs = startedMs;
    this.deadlineMs = startedMs + limits.wallTimeMs;
  }

  /** The error of a limit that was met. `detail` says what met it, e.g. `make a list`; the act of the message. */
  exceeded(limit: LimitName, detail?: string): ToolscriptError {
    const { code, act, noun, hint } = REFUSALS[limit];
    this.#met = limit;
    const message = `${detail ?? act}: more than ${String(this.limits[limit])} ${noun}`;
    return new ToolscriptError({ code, message, hint });
  }

  /** The limit that was met last. */
  get met(): LimitName | undefined {
    return this.#met;
  }

  /** Takes over what the runtime counted, once and for all where it let its counts be followed. */
  report(usage: RuntimeUsage): void {
    this.#follow = undefined;
    this.#take(usage);
  }

  /** Lets the counts of the runtime be read while it runs: by whoever asks for the usage, until it reports. */
  follow(counts: () => RuntimeUsage): void {
    this.#follow = counts;
  }

  /** What the runtime has counted by now. */
  get counted(): Required<RuntimeUsage> {
    if (this.#follow !== undefined) this.#take(this.#follow());
    return this.#runtime;
  }

  #take(usage: RuntimeUsage): void {
    this.#runtime = { ...this.#runtime, ...usage };
  }

  /** Milliseconds since the script began. */
  elapsedMs(): number {
    return this.#clock.now() - this.#startedMs;
  }

  /** Counts one tool call; throws `limit/tool-calls`. */
  countToolCall(): void {
    if (this.#toolCalls >= this.limits.toolCalls) throw this.exceeded('toolCalls');
    this.#toolCalls += 1;
  }

  /** Counts printed text, with the line's end; throws `limit/logs` and then counts nothing. */
  countLog(line: string): void {
    const left = this.limits.logBytes - this.#logBytes;
    const bytes = utf8Bytes(line, left) + 1;
    if (bytes > left) throw this.exceeded('logBytes');
    this.#logBytes += bytes;
  }

  /** Counts the result's JSON text; throws `limit/output`. */
  countOutput(text: string): void {
    this.#outputBytes = this.#sized(text, 'outputBytes');
  }

  /** Answers the script's bytes; throws `limit/script-size`. */
  checkScript(source: string): number {
    return this.#sized(source, 'scriptBytes');
  }

  #sized(text: string, limit: 'outputBytes' | 'scriptBytes'): number {
    const bytes = utf8Bytes(text, this.limits[limit]);
    if (bytes > this.limits[limit]) throw this.exceeded(limit);
    return bytes;
  }

  /** A call is in flight until the answer is called. */
  beginCall(): () => void {
    this.#inFlight += 1;
    this.#parallelPeak = Math.max(this.#parallelPeak, this.#inFlight);
    const endWait = this.beginWait();
    return () => {
      this.#inFlight -= 1;
      endWait();
    };
  }

  /** The script waits until the answer is called; waits that overlap count once. */
  beginWait(): () => void {
    if (this.#waits === 0) this.#waitSinceMs = this.#clock.now();
    this.#waits += 1;
    return () => {
      this.#waits -= 1;
      if (this.#waits === 0) this.#waitMs += this.#clock.now() - this.#waitSinceMs;
    };
  }

  /** What was used so far. */
  usage(): Usage {
    const waiting = this.#waits > 0 ? this.#clock.now() - this.#waitSinceMs : 0;
    return {
      ...this.counted,
      toolCalls: this.#toolCalls,
      parallelPeak: this.#parallelPeak,
      outputBytes: this.#outputBytes,
      logBytes: this.#logBytes,
      wallTimeMs: roundedMs(this.elapsedMs()),
      waitMs: roundedMs(this.#waitMs + waiting),
    };
  }
}

interface Refusal {
  readonly code: ErrorCode;
  readonly act: string;
  /** What the limit's number counts. */
  readonly noun: string;
  readonly hint: string;
}

const REFUSALS: { readonly [limit in LimitName]: Refusal } = {
  steps: {
    code: 'limit/steps',
    act: 'run the script',
    noun: 'steps',
    hint: 'loop over less, stop early, or let a tool do the heavy part',
  },
  wallTimeMs: {
    code: 'limit/wall-time',
    act: 'run the script',
    noun: 'ms',
    hint: 'make fewer or faster calls, run independent calls at the same time, or split the work over several scripts',
  },
  toolCallTimeoutMs: {
    code: 'tool/timeout',
    act: 'call a tool',
    noun: 'ms',
    hint: 'ask the tool for less at once; what it was doing may still take effect',
  },
  parallel: {
    code: 'limit/tool-calls',
    act: 'call tools',
    noun: 'calls at the same time',
    hint: 'call fewer tools at once',
  },
  toolCalls: {
    code: 'limit/tool-calls',
    act: 'call a tool',
    noun: 'calls in one script',
    hint: 'use a tool that answers many items at once, or split the work over several scripts',
  },
  memoryBytes: {
    code: 'limit/memory',
    act: 'run the script',
    noun: 'bytes allocated in all',
    hint: 'keep only the fields that are needed; what is thrown away still counts',
  },
  valueBytes: {
    code: 'limit/memory',
    act: 'make a value',
    noun: 'bytes in one value',
    hint: 'build smaller values, or work on one part at a time',
  },
  callDepth: {
    code: 'limit/depth',
    act: 'call a function',
    noun: 'calls within calls',
    hint: 'use a loop in place of recursion',
  },
  outputBytes: {
    code: 'limit/output',
    act: 'return the result',
    noun: 'bytes of JSON text',
    hint: 'return counts, the first items or the fields that matter',
  },
  logBytes: {
    code: 'limit/logs',
    act: 'print',
    noun: 'bytes in all',
    hint: 'print less: counts and names in place of whole values',
  },
  scriptBytes: {
    code: 'limit/script-size',
    act: 'read the script',
    noun: 'bytes of script',
    hint: 'send a shorter script; large values belong into data',
  },
  dataBytes: {
    code: 'limit/script-size',
    act: 'read data',
    noun: 'bytes of data as JSON text',
    hint: 'send less data; let the script fetch it with a tool',
  },
};
