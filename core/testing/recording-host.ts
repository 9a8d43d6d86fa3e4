/** A host for scripts that keeps what it was asked. */
import { systemClock } from '../clock.js';
import type { Clock } from '../clock.js';
import type { JsonObject } from '../json.js';
import { DEFAULT_LIMITS } from '../limit-policy.js';
import type { Limits } from '../limit-policy.js';
import { Meter } from '../meter.js';
import type { ScriptHost, ToolReply } from '../script-runtime.js';
import type { BoundTool } from '../tool-catalog.js';

/** A call, as a script made it. */
export interface RecordedCall {
  readonly tool: BoundTool;
  readonly args: JsonObject;
}

/** How the host answers. What it leaves out is as in a plain run. */
export interface RecordingHostOptions {
  /** Default: `{ json: null }`. */
  readonly answer?: (call: RecordedCall) => ToolReply | Promise<ToolReply>;
  /** Default: none. */
  readonly found?: readonly BoundTool[];
  readonly limits?: Partial<Limits>;
  readonly clock?: Clock;
}

/** For tests of runtimes. */
export class RecordingHost implements ScriptHost {
  readonly calls: RecordedCall[] = [];
  readonly finds: { readonly text: string; readonly limit: number }[] = [];
  readonly lines: string[] = [];
  readonly steps: { readonly done: number; readonly total?: number; readonly message?: string }[] = [];
  readonly meter: Meter;
  readonly clock: Clock;
  readonly #ending = new AbortController();
  readonly #answer: (call: RecordedCall) => ToolReply | Promise<ToolReply>;
  readonly #found: readonly BoundTool[];

  constructor({ answer, found = [], limits, clock = systemClock }: RecordingHostOptions = {}) {
    this.clock = clock;
    this.meter = new Meter({ ...DEFAULT_LIMITS, ...limits }, clock);
    this.#answer = answer ?? (() => ({ json: null }));
    this.#found = found;
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** How often anything was asked. */
  get asked(): number {
    return this.calls.length + this.finds.length + this.lines.length + this.steps.length;
  }

  /** Ends the script. */
  end(reason: Error): void {
    this.#ending.abort(reason);
  }

  async callTool(tool: BoundTool, args: JsonObject): Promise<ToolReply> {
    const call = { tool, args };
    this.calls.push(call);
    return this.#waited(() => this.#answer(call));
  }

  async findTools(text: string, limit: number): Promise<readonly BoundTool[]> {
    this.finds.push({ text, limit });
    return this.#waited(() => this.#found.slice(0, limit));
  }

  print(line: string): void {
    this.lines.push(line);
    this.meter.countLog(line);
  }

  progress(done: number, total?: number, message?: string): void {
    this.steps.push({
      done,
      ...(total !== undefined && { total }),
      ...(message !== undefined && { message }),
    });
  }

  async #waited<T>(answer: () => T | Promise<T>): Promise<T> {
    this.meter.countToolCall();
    const end = this.meter.beginCall();
    try {
      return await answer();
    } finally {
      end();
    }
  }
}
