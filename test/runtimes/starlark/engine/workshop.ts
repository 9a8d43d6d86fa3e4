/** A run of the engine for tests: a clock set by hand, and calls of the host that the test answers. */
import {
  Builtin,
  OPEN_DIALECT,
  StarlarkError,
  execute,
  prepare,
  repr,
  runtimeError,
} from '../../../../runtimes/starlark/index.js';
import type {
  ExecuteOptions,
  Execution,
  PrepareOptions,
  RunResult,
  Value,
} from '../../../../runtimes/starlark/index.js';
import { HandClock, settled } from './hand-clock.js';

/** A call of `tool` that waits for the test. */
interface OpenCall {
  readonly argument: Value;
  answer(value: Value): Promise<void>;
  fail(code?: string): Promise<void>;
}

/** Calls that cannot succeed are left to the run, whose own words are tested here. */
const LATE = { ...OPEN_DIALECT, preflight: false };

export class Workshop {
  readonly clock = new HandClock();
  /** What was printed, as it was handed on. */
  readonly printed: string[] = [];
  /** Calls of `tool` not answered yet, in the order they were made. */
  readonly calls: OpenCall[] = [];
  /** How often the run let the event loop breathe. */
  yields = 0;
  execution: Execution | undefined;

  /** Runs a script to its end. `tool(x)` waits for the test; `now(x)` answers x at once. */
  async run(source: string, options: PrepareOptions & ExecuteOptions = {}): Promise<RunResult> {
    return this.start(source, options).result;
  }

  start(source: string, options: PrepareOptions & ExecuteOptions = {}): Execution {
    const predeclared = new Map<string, Value>([
      ['tool', new Builtin('tool', (thread, args) => thread.wait(this.open(args[0] ?? null)), true)],
      ['now', new Builtin('now', (_thread, args) => args[0] ?? null, true)],
      ['broken', new Builtin('broken', () => failure('tool/failed'), true)],
    ]);
    this.execution = execute(prepare(source, { dialect: LATE, predeclared, ...options }), {
      clock: this.clock,
      print: (line) => this.printed.push(line),
      yieldToEventLoop: (callback) => {
        this.yields++;
        setImmediate(callback);
      },
      ...options,
    });
    return this.execution;
  }

  private open(argument: Value): Promise<Value> {
    return new Promise((resolve, reject) => {
      const call: OpenCall = {
        argument,
        answer: async (value) => {
          this.calls.splice(this.calls.indexOf(call), 1);
          resolve(value);
          await settled();
        },
        fail: async (code = 'tool/failed') => {
          this.calls.splice(this.calls.indexOf(call), 1);
          reject(new StarlarkError(code, 'tool: it failed', { tool: 'tool' }));
          await settled();
        },
      };
      this.calls.push(call);
    });
  }

  /** The arguments of the open calls. */
  get asked(): Value[] {
    return this.calls.map((call) => call.argument);
  }
}

function failure(code: string): never {
  throw code === 'script/runtime' ? runtimeError('broken') : new StarlarkError(code, 'broken: it failed');
}

/** A result as a line: the value as the script would write it, or code and message. */
export function shown(result: RunResult, execution: Execution): string {
  return result.ok ? repr(execution.budget, result.value) : `${result.error.code}: ${result.error.message}`;
}
