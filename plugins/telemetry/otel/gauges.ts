/** What is so at the moment, for instruments that are asked when metrics are collected. */
import type { Observable, ObservableResult } from '@opentelemetry/api';

import type { TelemetryEvent } from '../../../core/index.js';
import type { Instruments } from './instruments.js';
import type { METRICS, TOOLHIVE_METRICS } from './metric-table.js';
import type { NameBudget, NameBudgets } from './name-budget.js';
import { OTHER } from './names.js';

type Observe = (result: ObservableResult) => void;

/** The state of one composition. What is one name too many has no state. */
export class Gauges {
  readonly #backends: States<{ readonly up: boolean; readonly tools: number }>;
  readonly #services: States<{ readonly codeMode: boolean; readonly optimizer: boolean }>;
  readonly #sinks: States<{ readonly up: boolean }>;
  #catalogTools: number | undefined;

  constructor({ backend, service, sink }: NameBudgets) {
    this.#backends = new States('backend', backend);
    this.#services = new States('service', service);
    this.#sinks = new States('sink', sink);
  }

  /** Takes what an event says of the state. */
  record(event: TelemetryEvent): void {
    switch (event.name) {
      case 'backend.changed':
        this.#backends.set(event.backend, event);
        break;
      case 'service.started':
        this.#services.set(event.service, event);
        break;
      case 'sink.changed':
        this.#sinks.set(event.sink, event);
        break;
      case 'catalog.changed':
        this.#catalogTools = event.tools;
        break;
      case 'script.started':
        this.#catalogTools ??= event.tools;
        break;
      default:
    }
  }

  /** Answers what is asked, until the answer is called. */
  observe(
    our: Instruments<typeof METRICS>,
    theirs: Instruments<typeof TOOLHIVE_METRICS> | undefined,
  ): () => void {
    const observations: readonly (readonly [Observable | undefined, Observe])[] = [
      [our.backendUp, this.#backends.observe(({ up }) => Number(up))],
      [our.backendTools, this.#backends.observe(({ tools }) => tools)],
      [our.codeModeEnabled, this.#services.observe(({ codeMode }) => Number(codeMode))],
      [our.optimizerEnabled, this.#services.observe(({ optimizer }) => Number(optimizer))],
      [our.sinkUp, this.#sinks.observe(({ up }) => Number(up))],
      [our.catalogTools, this.#observeCatalog],
      [theirs?.backends, this.#observeBackends],
    ];
    for (const [gauge, observe] of observations) gauge?.addCallback(observe);
    return () => {
      for (const [gauge, observe] of observations) gauge?.removeCallback(observe);
    };
  }

  readonly #observeCatalog: Observe = (result) => {
    if (this.#catalogTools !== undefined) result.observe(this.#catalogTools);
  };

  readonly #observeBackends: Observe = (result) => {
    if (this.#backends.size > 0) result.observe(this.#backends.size);
  };
}

/** The states of several things by their names. */
class States<State> {
  readonly #attribute: string;
  readonly #names: NameBudget;
  readonly #states = new Map<string, State>();

  constructor(attribute: string, names: NameBudget) {
    this.#attribute = attribute;
    this.#names = names;
  }

  get size(): number {
    return this.#states.size;
  }

  set(name: string, state: State): void {
    const known = this.#names.of(name);
    if (known !== OTHER) this.#states.set(known, state);
  }

  observe(valueOf: (state: State) => number): Observe {
    return (result) => {
      for (const [name, state] of this.#states) result.observe(valueOf(state), { [this.#attribute]: name });
    };
  }
}
