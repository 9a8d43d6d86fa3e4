/** starlark-go, to ask how a program ends there: a process that stays up and answers in order. */
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { createInterface } from 'node:readline';
import { nativeOracle } from './native-build.js';

/** What starlark-go is asked to allow; each is off unless said. */
export interface OracleOptions {
  readonly set?: boolean;
  readonly while?: boolean;
  readonly topLevelControl?: boolean;
  readonly globalReassign?: boolean;
  readonly recursion?: boolean;
}

/** Everything on. */
export const ALL_OPTIONS: OracleOptions = {
  set: true,
  while: true,
  topLevelControl: true,
  globalReassign: true,
  recursion: true,
};

/** A program for the oracle. It leaves its answer in the global `result`. */
export interface OracleProgram {
  readonly source: string;
  readonly options?: OracleOptions;
  /** Default: no limit. */
  readonly steps?: number;
  /** Milliseconds; default: no limit. */
  readonly ms?: number;
}

/** An error; the line counts from 1, 0 is none. */
export interface Fault {
  readonly phase: 'parse' | 'resolve' | 'run';
  readonly message: string;
  readonly line: number;
  /** The lines of the calls that led there, the innermost first. */
  readonly callers?: readonly number[];
}

/** A value as JSON that keeps types: see `encode.go`. */
export type Told = null | boolean | string | { readonly [type: string]: unknown };

/** How a program ended. */
export interface OracleAnswer {
  /** Of the global `result`. */
  readonly value?: Told;
  /** What `see(x)` was given, as it was then. */
  readonly seen?: readonly Told[];
  readonly prints?: readonly string[];
  /** There when the program failed. */
  readonly faults?: readonly Fault[];
  readonly steps: number;
}

/** The process died, or did not answer in time, before it answered. */
export class OracleDied extends Error {}

/** Milliseconds after which a process that does not answer is ended. */
const PATIENCE_MS = 30_000;

/**
 * Throws `OracleMissing` where there is no Go. `ask` rejects with {@link OracleDied} when the process ends;
 * the next request starts it anew.
 */
export class Oracle {
  private readonly path = nativeOracle();
  private native: NativeProcess | undefined;
  private asked = 0;

  async ask(program: OracleProgram): Promise<OracleAnswer> {
    return (await this.send(program)) as OracleAnswer;
  }

  close(): void {
    this.native?.close();
    this.native = undefined;
  }

  private async send(request: object): Promise<unknown> {
    if (this.native?.alive !== true) this.native = new NativeProcess(this.path);
    return this.native.send(JSON.stringify({ id: ++this.asked, ...request }));
  }
}

interface Waiting {
  readonly settle: (answer: unknown) => void;
  readonly fail: (error: Error) => void;
}

class NativeProcess {
  alive = true;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly waiting: Waiting[] = [];
  private complaint = '';

  constructor(path: string) {
    this.child = spawn(path, { env: { GOMEMLIMIT: '1GiB' } });
    createInterface(this.child.stdout).on('line', (line) => this.waiting.shift()?.settle(JSON.parse(line)));
    this.child.stderr.on(
      'data',
      (text: Buffer) => (this.complaint = `${this.complaint}${String(text)}`.slice(0, 500)),
    );
    this.child.stdin.on('error', () => undefined);
    this.child.on('error', () => this.end());
    this.child.on('close', () => this.end());
  }

  async send(line: string): Promise<unknown> {
    const patience = setTimeout(() => this.child.kill('SIGKILL'), PATIENCE_MS);
    return new Promise((settle, fail) => {
      this.waiting.push({ settle, fail });
      this.child.stdin.write(`${line}\n`);
    }).finally(() => {
      clearTimeout(patience);
    });
  }

  close(): void {
    this.child.stdin.end();
  }

  private end(): void {
    this.alive = false;
    for (const { fail } of this.waiting.splice(0))
      fail(new OracleDied(`oracle: the process died: ${this.complaint}`));
  }
}
