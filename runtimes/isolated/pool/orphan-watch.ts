/**
 * Ends children whose parent was killed while they compute, and so cannot notice that it is gone.
 *
 * A shell that waits knows which they are: when the pipe to it closes, because this process has ended by
 * whatever came over it, it kills them. Nothing inside a child could: a thread that Node's permission model lets a
 * child start may leave that model behind. Without a POSIX shell, as on Windows, such a child ends with its script.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Socket } from 'node:net';

const SHELL = '/bin/sh';
/** Reads lines of process ids, and kills those of the last when there are no more; deaf to the terminal. */
const PROGRAM =
  'trap \'\' INT TERM HUP; while read -r line; do pids=$line; done; [ -z "$pids" ] || kill -9 $pids';

/** Looks after the children of one pool. */
export class OrphanWatch {
  #shell: ChildProcess | undefined;

  /** These are the children now. */
  see(pids: readonly number[]): void {
    this.#shell ??= shell();
    if (this.#shell?.stdin?.writable === true) this.#shell.stdin.write(`${pids.join(' ')}\n`);
  }

  /** There are none any more. */
  stop(): void {
    this.#shell?.stdin?.end('\n');
    this.#shell = undefined;
  }
}

function shell(): ChildProcess | undefined {
  if (!existsSync(SHELL)) return undefined;
  try {
    const child = spawn(SHELL, ['-c', PROGRAM], { stdio: ['pipe', 'ignore', 'ignore'], env: {}, cwd: '/' });
    child.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    child.unref();
    if (child.stdin instanceof Socket) child.stdin.unref();
    return child;
  } catch {
    return undefined;
  }
}
