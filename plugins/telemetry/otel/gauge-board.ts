/**
 * Answers what is so at the moment, when metrics are collected: one board for each of the host's providers.
 *
 * Compositions follow each other on it, and may overlap: of what two of them know, the younger says how it is.
 * An SDK tells for ever what it was told once: so what is gone is told to be gone.
 */
import type { MeterProvider, Observable, ObservableResult } from '@opentelemetry/api';

import type { Gauges } from './gauges.js';
import type { Instruments } from './instruments.js';
import type { METRICS, TOOLHIVE_METRICS } from './metric-table.js';

/** How one gauge is read off the compositions that are at work, the youngest last. */
interface Row {
  /** What tells its points apart; absent for a single one. */
  readonly attribute?: string;
  readonly read: (live: Iterable<Gauges>) => ReadonlyMap<string, number>;
  /** What stands for a point that is no longer there. */
  readonly gone: number;
}

type ObservedNames<Table> = {
  [Name in keyof Table]: Table[Name] extends { readonly kind: 'observedGauge' } ? Name : never;
}[keyof Table];

const ROWS: { readonly [name in ObservedNames<typeof METRICS>]: Row } = {
  backendUp: {
    attribute: 'backend',
    read: (live) =>
      merged(
        live,
        ({ backends }) => backends,
        ({ up }) => Number(up),
      ),
    gone: -1,
  },
  backendTools: {
    attribute: 'backend',
    read: (live) =>
      merged(
        live,
        ({ backends }) => backends,
        ({ tools }) => tools,
      ),
    gone: 0,
  },
  backends: { attribute: 'state', read: backendsByState, gone: 0 },
  codeModeEnabled: {
    attribute: 'service',
    read: (live) =>
      merged(
        live,
        ({ services }) => services,
        ({ codeMode }) => Number(codeMode),
      ),
    gone: 0,
  },
  optimizerEnabled: {
    attribute: 'service',
    read: (live) =>
      merged(
        live,
        ({ services }) => services,
        ({ optimizer }) => Number(optimizer),
      ),
    gone: 0,
  },
  sinkUp: {
    attribute: 'sink',
    read: (live) =>
      merged(
        live,
        ({ sinks }) => sinks,
        ({ up }) => Number(up),
      ),
    gone: -1,
  },
  catalogTools: {
    read: (live) =>
      merged(
        live,
        ({ catalog }) => catalog,
        (tools) => tools,
      ),
    gone: 0,
  },
};

const TOOLHIVE_ROWS: { readonly [name in ObservedNames<typeof TOOLHIVE_METRICS>]: Row } = {
  backends: {
    read: (live) =>
      new Map([
        [
          '',
          merged(
            live,
            ({ backends }) => backends,
            ({ tools }) => tools,
          ).size,
        ],
      ]),
    gone: 0,
  },
};

const BOARDS = new WeakMap<MeterProvider, GaugeBoard>();

/** The gauges of one provider. */
export class GaugeBoard {
  readonly #live = new Set<Gauges>();
  readonly #observed = new Set<string>();

  /** The only one of a provider; it is at work as long as that is. */
  static of(provider: MeterProvider): GaugeBoard {
    const board = BOARDS.get(provider) ?? new GaugeBoard();
    BOARDS.set(provider, board);
    return board;
  }

  /** A composition begins. The answer ends it. */
  add(
    gauges: Gauges,
    our: Instruments<typeof METRICS>,
    theirs: Instruments<typeof TOOLHIVE_METRICS> | undefined,
  ): () => void {
    for (const name of namesOf(ROWS)) this.#observe(`our ${name}`, our[name], ROWS[name]);
    for (const name of theirs === undefined ? [] : namesOf(TOOLHIVE_ROWS))
      this.#observe(`their ${name}`, theirs![name], TOOLHIVE_ROWS[name]);
    this.#live.add(gauges);
    return () => void this.#live.delete(gauges);
  }

  /** Once for each gauge, whoever asks. */
  #observe(key: string, gauge: Observable, { attribute, read, gone }: Row): void {
    if (this.#observed.has(key)) return;
    this.#observed.add(key);
    const seen = new Set<string>();
    gauge.addCallback((result: ObservableResult) => {
      const now = read(this.#live);
      for (const name of now.keys()) seen.add(name);
      for (const name of seen)
        result.observe(now.get(name) ?? gone, attribute === undefined ? {} : { [attribute]: name });
    });
  }
}

function merged<State>(
  live: Iterable<Gauges>,
  statesOf: (gauges: Gauges) => ReadonlyMap<string, State>,
  valueOf: (state: State) => number,
): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (const gauges of live) for (const [name, state] of statesOf(gauges)) values.set(name, valueOf(state));
  return values;
}

function backendsByState(live: Iterable<Gauges>): ReadonlyMap<string, number> {
  const values = [...ROWS.backendUp.read(live).values()];
  if (values.length === 0) return new Map();
  const up = values.filter((value) => value === 1).length;
  return new Map([
    ['up', up],
    ['down', values.length - up],
  ]);
}

function namesOf<Name extends string>(rows: { readonly [name in Name]: unknown }): Name[] {
  return Object.keys(rows) as Name[];
}
