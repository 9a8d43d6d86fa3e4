/**
 * The exports of a process whose compositions follow each other: equal options are one export, which is
 * closed with the last composition that uses it. What was counted goes on, and ports stay open.
 */
import { isDeepStrictEqual } from 'node:util';

import type { ExportHost, ExportOptions } from './export-options.js';
import { MetricsDoors } from './metrics-doors.js';
import { startExport, type TelemetryExport } from './telemetry-export.js';

/** An export that others may use too. */
export interface ExportLease {
  readonly export: TelemetryExport;
  /** Sends what waits, where nobody else uses the export any more. */
  readonly flush: () => Promise<void>;
  /** The last one that is given back closes the export, shortly. */
  readonly release: () => Promise<void>;
}

interface Shared {
  readonly options: ExportOptions;
  readonly starting: Promise<TelemetryExport>;
  leases: number;
}

/** Whoever hears of the exports of a process. */
export interface PoolHost extends ExportHost {
  /** An export has started. */
  readonly onStart?: (started: TelemetryExport) => void;
}

/** Milliseconds in which what flushing did not get away may still be sent. */
const CLOSE_MS = 1_500;

/** Of one process. */
export class ExportPool {
  readonly #doors = new MetricsDoors();
  readonly #shared = new Set<Shared>();
  readonly #host: PoolHost;

  constructor(host: PoolHost = {}) {
    this.#host = host;
  }

  /** Rejects with an `ExportError`. */
  async lease(options: ExportOptions): Promise<ExportLease> {
    const shared = this.#sharedBy(options) ?? this.#start(options);
    shared.leases += 1;
    try {
      const running = await shared.starting;
      const flush = async (): Promise<void> => {
        if (shared.leases === 1) await running.flush();
      };
      return { export: running, flush, release: this.#releaseOnce(shared) };
    } catch (error) {
      this.#shared.delete(shared);
      throw error;
    }
  }

  #sharedBy(options: ExportOptions): Shared | undefined {
    return [...this.#shared].find((shared) => isDeepStrictEqual(shared.options, options));
  }

  #start(options: ExportOptions): Shared {
    const starting = startExport(options, this.#host, this.#doors);
    const shared = { options, starting, leases: 0 };
    this.#shared.add(shared);
    starting.then(this.#host.onStart, () => undefined);
    return shared;
  }

  #releaseOnce(shared: Shared): () => Promise<void> {
    let isReleased = false;
    return async () => {
      if (isReleased) return;
      isReleased = true;
      shared.leases -= 1;
      if (shared.leases > 0) return;
      this.#shared.delete(shared);
      await (await shared.starting).close(CLOSE_MS);
    };
  }
}
