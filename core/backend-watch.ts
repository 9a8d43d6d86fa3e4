/**
 * Watches the dispatcher: passes changes on, and tells the sinks which backends are up, went up or went down.
 * How they are at the start, as when a composition follows another, is told then.
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
  /** What was told of each, by name. */
  readonly #told = new Map<string, string>();

  constructor(
    @inject(TOKENS.dispatcher) dispatcher: ToolDispatcher,
    @inject(TOKENS.events) events: EventFeed,
  ) {
    this.#dispatcher = dispatcher;
    this.#events = events;
    this.#tell();
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
    this.#tell();
    this.#listeners.emit('change');
  }

  /** Tells of those that are not as they were told of last; the first time as soon as it is known how they are. */
  #tell(): void {
    for (const { name: backend, starting = false, ...state } of this.states()) {
      const text = JSON.stringify(state);
      if (starting || this.#told.get(backend) === text) continue;
      this.#told.set(backend, text);
      const problems = state.problems.map((problem) => redactSecrets(problem, MAX_PROBLEM));
      this.#events.emit('backend.changed', { ...state, backend, problems: Object.freeze(problems) });
    }
  }
}

/** Sinks read no more of one, in UTF-16 units. */
const MAX_PROBLEM = 1_000;
