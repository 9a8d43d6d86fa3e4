/**
 * Watches the dispatcher: passes changes on, and tells the sinks which backends went up or down. Those of
 * which there is something to say at the start, as when a composition follows another, are told then.
 */
import { EventEmitter } from 'eventemitter3';
import type { EventFeed } from './events.js';
import { inject, injectable, TOKENS } from './injection.js';
import { redactSecrets } from './redaction.js';
import type { BackendState, ToolDispatcher } from './tool-dispatcher.js';

/** One composition's watch; it begins when it is made. */
@injectable()
export class BackendWatch {
  readonly #dispatcher: ToolDispatcher;
  readonly #events: EventFeed;
  readonly #listeners = new EventEmitter<{ change: [] }>();
  readonly #stop: (() => void) | undefined;
  #known: ReadonlyMap<string, string>;

  constructor(
    @inject(TOKENS.dispatcher) dispatcher: ToolDispatcher,
    @inject(TOKENS.events) events: EventFeed,
  ) {
    this.#dispatcher = dispatcher;
    this.#events = events;
    this.#known = fingerprints(this.states().filter(isUntold));
    this.#tellChanges();
    this.#stop = dispatcher.onChange?.(() => {
      this.#changed();
    });
  }

  /** How the backends are doing. */
  states(): readonly BackendState[] {
    return this.#dispatcher.backends?.() ?? [];
  }

  /** Calls back at every change; the answer stops it. A listener that throws disturbs nobody. */
  onChange(listener: () => void): () => void {
    const guarded = (): void => {
      try {
        listener();
      } catch {
        // The listener is the host's; the others are told all the same.
      }
    };
    this.#listeners.on('change', guarded);
    return () => {
      this.#listeners.off('change', guarded);
    };
  }

  /** Stops watching. */
  close(): void {
    this.#stop?.();
    this.#listeners.removeAllListeners();
  }

  #changed(): void {
    this.#tellChanges();
    this.#listeners.emit('change');
  }

  #tellChanges(): void {
    const before = this.#known;
    const states = this.states();
    this.#known = fingerprints(states);
    for (const { name: backend, ...state } of states) {
      if (before.get(backend) !== this.#known.get(backend)) {
        const problems = state.problems.map((problem) => redactSecrets(problem, MAX_PROBLEM));
        this.#events.emit('backend.changed', { ...state, backend, problems: Object.freeze(problems) });
      }
    }
  }
}

/** Whether a backend has not begun yet: neither up nor in trouble. */
function isUntold({ up, problems }: BackendState): boolean {
  return !up && problems.length === 0;
}

/** Sinks read no more of one, in UTF-16 units. */
const MAX_PROBLEM = 1_000;

function fingerprints(states: readonly BackendState[]): ReadonlyMap<string, string> {
  return new Map(states.map((state) => [state.name, JSON.stringify(state)]));
}
