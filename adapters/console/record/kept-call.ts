/** One call of a run while it goes on. */
import type { CallSubject, Events } from '../../../core/index.js';
import type { CallBar } from '../api.js';
import { cut, LONGEST_MESSAGE, LONGEST_NAME } from './text-bounds.js';

type Called = Events['tool.called'];

/** A call, as far as it has come. */
export class KeptCall {
  #bar: CallBar;

  constructor({ callId, tool, backend, position, startedMs }: CallSubject) {
    this.#bar = {
      id: cut(callId, LONGEST_NAME),
      tool: cut(tool, LONGEST_NAME),
      ...(backend !== undefined && { backend: cut(backend, LONGEST_NAME) }),
      ...(position !== undefined && { position }),
      state: 'queued',
      startedMs,
      queuedMs: 0,
      ranMs: 0,
      resultBytes: 0,
    };
  }

  get bar(): CallBar {
    return this.#bar;
  }

  started(queuedMs: number): void {
    this.#bar = { ...this.#bar, state: 'running', queuedMs };
  }

  called({ status: state, code, queuedMs, ranMs, resultBytes }: Called, error: string | undefined): void {
    const words = error === undefined ? {} : { error: cut(error, LONGEST_MESSAGE) };
    this.#bar = { ...this.#bar, state, code, queuedMs, ranMs, resultBytes, ...words };
  }

  /** The run is over: what never left the queue is told by no event. */
  ended(wallTimeMs: number): void {
    const { state, startedMs, queuedMs } = this.#bar;
    if (state === 'queued') {
      this.#bar = { ...this.#bar, state: 'unsent', queuedMs: Math.max(0, wallTimeMs - startedMs) };
    } else if (state === 'running') {
      const ranMs = Math.max(0, wallTimeMs - startedMs - queuedMs);
      this.#bar = { ...this.#bar, state: 'unknown', ranMs };
    }
  }
}
