/** The command as a process of its own. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';

import { OWN_COMMAND, OWN_ENVIRONMENT } from '../../support/own-command.js';

/** How the command is started by somebody else, such as a client. */
export function commandLine(...args: string[]): {
  command: string;
  args: string[];
  env: Readonly<Record<string, string>>;
} {
  return { command: process.execPath, args: [...OWN_COMMAND, ...args], env: OWN_ENVIRONMENT };
}

const running = new Set<ChildProcessWithoutNullStreams>();

/** Ends what still runs. */
export function killAll(): void {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
}

/** A process at work, and all that it has written. */
export class Running {
  readonly child: ChildProcessWithoutNullStreams;
  out = '';
  notes = '';
  readonly ended: Promise<number | null>;

  constructor(
    {
      command,
      args,
      env,
    }: { command: string; args: readonly string[]; env: Readonly<Record<string, string>> },
    cwd: string,
  ) {
    this.child = spawn(command, args, { cwd, env });
    running.add(this.child);
    this.child.stdout.on('data', (data: Buffer) => (this.out += data.toString()));
    this.child.stderr.on('data', (data: Buffer) => (this.notes += data.toString()));
    this.ended = once(this.child, 'close').then(([code]) => code as number | null);
  }

  /** Waits until the diagnostics say so. */
  said(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#told(pattern, 'stderr', () => this.notes);
  }

  /** Waits until it has written so. */
  wrote(pattern: RegExp): Promise<RegExpExecArray> {
    return this.#told(pattern, 'stdout', () => this.out);
  }

  async #told(pattern: RegExp, stream: 'stdout' | 'stderr', text: () => string): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(text());
      if (match !== null) return match;
      const more = await Promise.race([once(this.child[stream], 'data'), this.ended]);
      if (!Array.isArray(more))
        throw new Error(`ended without saying ${String(pattern)}: ${this.out}${this.notes}`);
    }
  }
}
