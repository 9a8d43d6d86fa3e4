/** A fresh process that starts one way, its argument, and prints what its first answer took. */
import { readFileSync } from 'node:fs';
import { openWay } from './open-way.js';

/** Milliseconds from nothing loaded to the first answer, and MiB of the process and its children then. */
export interface Start {
  readonly startMs: number;
  readonly memoryMib: number;
}

const MIB = 1024 * 1024;

const begun = performance.now();
const way = await openWay(process.argv[2]!);
await way.report(0);
const startMs = performance.now() - begun;
const memory = [process.pid, ...way.pids()].reduce((all, pid) => all + residentBytes(pid), 0);
const start: Start = { startMs, memoryMib: memory / MIB };
await way.close();
process.stdout.write(JSON.stringify(start));

/** As Linux counts them; elsewhere those of this process alone. */
function residentBytes(pid: number): number {
  try {
    const [, kib] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8')) ?? [];
    return Number(kib) * 1024;
  } catch {
    return pid === process.pid ? process.memoryUsage().rss : 0;
  }
}
