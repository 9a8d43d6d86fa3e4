/** Signals that ask the process to end: the first asks in good order, the second ends it at once. */
import { EXIT_CODES } from './exit-code.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** An asked-for end. */
export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Stops listening. */
  release(): void;
}

/** Listens for signals. */
export function onInterruption(): Interruption {
  const controller = new AbortController();
  const ask = (): void => {
    if (controller.signal.aborted) process.exit(EXIT_CODES.interrupted);
    controller.abort();
  };
  for (const signal of SIGNALS) process.on(signal, ask);
  return {
    signal: controller.signal,
    release: () => {
      for (const signal of SIGNALS) process.off(signal, ask);
    },
  };
}
