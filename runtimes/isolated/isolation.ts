/** How hard the wall is, and how many stand behind it. */
import { availableParallelism } from 'node:os';

import { ToolscriptError } from '../../core/index.js';

/** How scripts are kept in processes of their own. */
export interface Isolation {
  /** Processes at the most; they are started as they are needed, the first at once. Default: one a core, 4 at the most. */
  readonly processes: number;
  /**
   * Scripts in one process at the same time; what is beyond waits, and its wall time runs. 1 is the strictest:
   * then no script ever shares a fate or a processor with another. Default: 16.
   */
  readonly scriptsAtOnce: number;
  /** Bytes that one process may take, with all that it runs and about 50 MiB of its own. Default: 512 MiB. */
  readonly memoryBytes: number;
  /** Scripts after which a process is replaced by a fresh one; 1 gives each script its own. Default: 10,000. */
  readonly scriptsPerProcess: number;
}

const MIB = 1024 * 1024;

/** The least and the greatest that each may be. */
export const ISOLATION_RANGES: {
  readonly [name in keyof Isolation]: readonly [least: number, greatest: number];
} = {
  processes: [1, 256],
  scriptsAtOnce: [1, 1_000],
  memoryBytes: [128 * MIB, 64 * 1024 * MIB],
  scriptsPerProcess: [1, 1e9],
};

/** What is left out is the default. Throws `config/invalid` for a number out of its range. */
export function completeIsolation(given: Partial<Isolation>): Isolation {
  const isolation: Isolation = {
    processes: given.processes ?? Math.min(availableParallelism(), 4),
    scriptsAtOnce: given.scriptsAtOnce ?? 16,
    memoryBytes: given.memoryBytes ?? 512 * MIB,
    scriptsPerProcess: given.scriptsPerProcess ?? 10_000,
  };
  for (const [name, [least, greatest]] of Object.entries(ISOLATION_RANGES)) {
    const value = isolation[name as keyof Isolation];
    if (Number.isInteger(value) && value >= least && value <= greatest) continue;
    const wanted = `want a whole number from ${String(least)} to ${String(greatest)}`;
    throw new ToolscriptError({
      code: 'config/invalid',
      message: `isolate a runtime: ${name} is out of range, ${wanted}`,
    });
  }
  return isolation;
}
