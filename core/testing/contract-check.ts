/** A promise of a contract, as something that any runner of tests can run. */
import type { Clock } from '../clock.js';
import { ERROR_CODES } from '../error.js';
import type { ErrorCode } from '../error.js';

/** One promise of a contract. `run` rejects with an Error that says what is not kept. */
export interface ContractCheck {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** Throws what is not kept. */
export function must(isKept: boolean, otherwise: string): asserts isKept {
  if (!isKept) throw new Error(otherwise);
}

/** What ends in time; throws when it does not. */
export async function within<T>(
  clock: Clock,
  forMs: number,
  act: string,
  end: () => T | Promise<T>,
): Promise<T> {
  let cancel = (): void => undefined;
  const late = new Promise<never>((_resolve, reject) => {
    cancel = clock.after(forMs, () => {
      reject(new Error(`${act}: no end within ${String(forMs)} ms`));
    });
  });
  const ending = async (): Promise<T> => end();
  return Promise.race([ending(), late]).finally(cancel);
}

/** The code of what was thrown, also by another copy of this package; undefined without one of the table. */
export function codeOf(thrown: unknown): ErrorCode | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return Object.hasOwn(ERROR_CODES, String(thrown.code)) ? (thrown.code as ErrorCode) : undefined;
}

/** What was thrown, in a few words. */
export function thrownText(thrown: unknown): string {
  return (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 200);
}
