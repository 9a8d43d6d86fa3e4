/** The wall around all that a process takes, native memory included, which no flag of V8 bounds. */
import { readFile } from 'node:fs/promises';

import type { ScriptProcess } from './script-process.js';

/** Milliseconds between two looks. */
const LOOK_MS = 50;
/** Part of the wall from which on a process is replaced once it is done with what it has. */
const GROWN = 0.8;
const KIB = 1024;

/** Looks after processes that are at work. Where the system does not say what they take, only their heaps are bounded. */
export class MemoryWatch {
  readonly #memoryBytes: number;
  readonly #processes: ReadonlySet<ScriptProcess>;
  #timer: NodeJS.Timeout | undefined;

  constructor(processes: ReadonlySet<ScriptProcess>, memoryBytes: number) {
    this.#processes = processes;
    this.#memoryBytes = memoryBytes;
  }

  /** Begins to look, if it does not already; it stops after all are idle. */
  wake(): void {
    this.#timer ??= setInterval(() => this.#look(), LOOK_MS).unref();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    const live = [...this.#processes].filter(({ pid }) => pid !== undefined);
    for (const process of live) void this.#judge(process);
    if (live.every(({ load }) => load === 0)) this.stop();
  }

  async #judge(process: ScriptProcess): Promise<void> {
    const bytes = await residentBytes(process.pid!);
    if (bytes > this.#memoryBytes) process.kill({ by: 'memory' });
    else if (bytes > GROWN * this.#memoryBytes && !process.isLeaving) process.retire();
  }
}

/** What a process has in memory; 0 where the system does not say. */
async function residentBytes(pid: number): Promise<number> {
  try {
    const status = await readFile(`/proc/${String(pid)}/status`, 'latin1');
    return KIB * Number(/^VmRSS:\s*(\d+) kB/m.exec(status)?.[1] ?? 0);
  } catch {
    return 0;
  }
}
