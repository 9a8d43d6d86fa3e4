/** Makes the instruments of a table of metrics. */
import {
  ValueType,
  type Counter,
  type Histogram,
  type Meter,
  type ObservableGauge,
  type UpDownCounter,
} from '@opentelemetry/api';

import type { InstrumentKind, MetricRow } from './metric-table.js';

interface Made {
  readonly counter: Counter;
  readonly upDownCounter: UpDownCounter;
  readonly histogram: Histogram;
  readonly observedGauge: ObservableGauge;
}

/** An instrument for each row. */
export type Instruments<Table extends Readonly<Record<string, MetricRow>>> = {
  readonly [name in keyof Table]: Made[Table[name]['kind']];
};

/** Makes all of them. The same rows on the same meter again are the same instruments. */
export function createInstruments<Table extends Readonly<Record<string, MetricRow>>>(
  meter: Meter,
  table: Table,
): Instruments<Table> {
  const made = Object.entries(table).map(([name, row]) => [name, MAKERS[row.kind](meter, row)]);
  return Object.fromEntries(made) as Instruments<Table>;
}

const MAKERS: { readonly [kind in InstrumentKind]: (meter: Meter, row: MetricRow) => Made[kind] } = {
  counter: (meter, row) => meter.createCounter(row.name, optionsOf(row)),
  upDownCounter: (meter, row) => meter.createUpDownCounter(row.name, optionsOf(row)),
  histogram: (meter, row) => meter.createHistogram(row.name, optionsOf(row)),
  observedGauge: (meter, row) => meter.createObservableGauge(row.name, optionsOf(row)),
};

function optionsOf({ unit, description, buckets }: MetricRow) {
  return {
    unit,
    description,
    valueType: unit === 's' ? ValueType.DOUBLE : ValueType.INT,
    ...(buckets !== undefined && { advice: { explicitBucketBoundaries: [...buckets] } }),
  };
}
