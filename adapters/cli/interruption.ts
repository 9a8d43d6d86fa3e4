/** Signals that ask the process to end: the first asks in good order, the second ends it at once. */
import { EXIT_CODES } from './exit-code.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** An end that somebody may ask for. */
export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Resolves at the first signal. */
  readonly asked: Promise<void>;
  /** Stops listening. */
  release(): void;
}

/** Listens for signals. */
export function onInterruption(): Interruption {
  const controller = new AbortController();
  const { signal } = controller;
  const ask = (): void => {
    if (signal.aborted) process.exit(EXIT_CODES.interrupted);
    controller.abort();
  };
  for (const name of SIGNALS) process.on(name, ask);
  return {
    signal,
    asked: new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true })),
    release: () => {
      for (const name of SIGNALS) process.off(name, ask);
    },
  };
}
