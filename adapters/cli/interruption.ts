/**
 * Signals that ask the process to end: the first asks in good order, the second ends it at once. SIGHUP may
 * mean something else to a command.
 */
import { EXIT_CODES } from './exit-code.js';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** An end that somebody may ask for. */
export interface Interruption {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** Resolves at the first signal. */
  readonly asked: Promise<void>;
}

/** Listens for signals for as long as `act` takes. `onHangup` takes SIGHUP, which else asks for the end too. */
export async function interruptible<T>(
  act: (interruption: Interruption) => Promise<T>,
  onHangup?: () => void,
): Promise<T> {
  const controller = new AbortController();
  const { signal } = controller;
  const asked = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const ask = (): void => {
    if (signal.aborted) process.exit(EXIT_CODES.interrupted);
    controller.abort();
  };
  const hangUp = onHangup ?? ask;
  for (const name of SIGNALS) process.on(name, ask);
  process.on('SIGHUP', hangUp);
  try {
    return await act({ signal, asked });
  } finally {
    for (const name of SIGNALS) process.off(name, ask);
    process.off('SIGHUP', hangUp);
  }
}
