/** What is so at the moment in one composition, as its events tell it. */
import type { Events, TelemetryEvent } from '../../../core/index.js';
import type { NameBudgets } from './name-budget.js';
import { OTHER } from './names.js';

/** The state of one composition. What is one name too many has no state. */
export class Gauges {
  readonly backends = new Map<string, Pick<Events['backend.changed'], 'up' | 'tools'>>();
  readonly services = new Map<string, Pick<Events['service.started'], 'codeMode' | 'optimizer'>>();
  readonly sinks = new Map<string, Pick<Events['sink.changed'], 'up'>>();
  /** Tools in the catalog; until it changes, the tools that the first script could call. */
  readonly catalog = new Map<string, number>();
  readonly #names: NameBudgets;

  constructor(names: NameBudgets) {
    this.#names = names;
  }

  /** Takes what an event says of the state. */
  record(event: TelemetryEvent): void {
    switch (event.name) {
      case 'backend.changed':
        set(this.backends, this.#names.backend.of(event.backend), { up: event.up, tools: event.tools });
        break;
      case 'service.started': {
        const { codeMode, optimizer } = event;
        set(this.services, this.#names.service.of(event.service), { codeMode, optimizer });
        break;
      }
      case 'sink.changed':
        set(this.sinks, this.#names.sink.of(event.sink), { up: event.up });
        break;
      case 'catalog.changed':
        this.catalog.set('', event.tools);
        break;
      case 'script.started':
        if (this.catalog.size === 0) this.catalog.set('', event.tools);
        break;
      default:
    }
  }
}

function set<State>(states: Map<string, State>, name: string, state: State): void {
  if (name !== OTHER) states.set(name, state);
}
