/**
 * Measures events on a meter.
 *
 * The meter is the host's, who may register it late: it is looked for with each event, and where there is
 * none nothing is measured. A second sink on the same meter adds to the same instruments.
 */
import { createNoopMeter, metrics, type Meter, type MeterProvider } from '@opentelemetry/api';

import type { TelemetryEvent } from '../../../core/index.js';
import { BoundedMap } from './bounded-map.js';
import { GaugeBoard } from './gauge-board.js';
import { Gauges } from './gauges.js';
import { createInstruments, type Instruments } from './instruments.js';
import { MEASURES, SESSIONS_REMEMBERED, type Memory } from './measures.js';
import { METRICS, TOOLHIVE_METRICS } from './metric-table.js';
import { nameBudgets } from './name-budget.js';
import { SCOPE } from './names.js';
import { TOOLHIVE_MEASURES } from './toolhive-measures.js';

/** What to measure on. */
export interface MetricsOptions {
  readonly meterProvider?: MeterProvider | undefined;
  readonly toolhiveNames: boolean;
  readonly names: number;
  readonly openSpans: number;
}

/** All instruments of one meter. */
interface Bound {
  readonly our: Instruments<typeof METRICS>;
  readonly theirs: Instruments<typeof TOOLHIVE_METRICS> | undefined;
  /** Takes the gauges off the board. */
  readonly leave: () => void;
}

type AnyMeasure<Of> = ((of: Of, event: TelemetryEvent, memory: Memory) => void) | undefined;

/** The metrics of one composition. */
export class Metrics {
  readonly #options: MetricsOptions;
  readonly #memory: Memory;
  readonly #gauges: Gauges;
  #provider: MeterProvider | undefined;
  #bound: Bound | undefined;

  constructor(options: MetricsOptions) {
    const names = nameBudgets(options.names);
    this.#options = options;
    this.#memory = {
      names,
      runs: new Map(),
      calls: new BoundedMap(options.openSpans),
      sessions: new BoundedMap(SESSIONS_REMEMBERED),
    };
    this.#gauges = new Gauges(names);
  }

  /** Makes the instruments, if there is a meter by now. */
  prepare(): void {
    this.#instruments();
  }

  /** Whether the host measures. */
  get isMeasured(): boolean {
    return this.#instruments() !== undefined;
  }

  /** Adds what an event tells. */
  record(event: TelemetryEvent): void {
    this.#gauges.record(event);
    const bound = this.#instruments();
    if (bound === undefined) return;
    if (bound.theirs !== undefined) {
      const measure = TOOLHIVE_MEASURES[event.name] as AnyMeasure<typeof bound.theirs>;
      measure?.(bound.theirs, event, this.#memory);
    }
    const measure = MEASURES[event.name] as AnyMeasure<typeof bound.our>;
    measure?.(bound.our, event, this.#memory);
  }

  /** Takes back what is only so as long as this is at work. */
  close(): void {
    for (const { runtime } of this.#memory.runs.values()) this.#bound?.our.active.add(-1, { runtime });
    this.#memory.runs.clear();
    this.#bound?.leave();
    this.#bound = undefined;
  }

  #instruments(): Bound | undefined {
    const provider = this.#options.meterProvider ?? metrics.getMeterProvider();
    if (provider !== this.#provider) {
      this.close();
      this.#provider = provider;
      const meter = provider.getMeter(SCOPE);
      this.#bound = meter === createNoopMeter() ? undefined : this.#bind(provider, meter);
    }
    return this.#bound;
  }

  #bind(provider: MeterProvider, meter: Meter): Bound {
    const our = createInstruments(meter, METRICS);
    const theirs = this.#options.toolhiveNames ? createInstruments(meter, TOOLHIVE_METRICS) : undefined;
    return { our, theirs, leave: GaugeBoard.of(provider).add(this.#gauges, our, theirs) };
  }
}
