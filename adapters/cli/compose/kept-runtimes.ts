/** Processes for scripts that compositions which follow each other share: a reload leaves warm ones warm. */
import type { ScriptRuntime } from '../../../core/index.js';
import type { Isolation, IsolatedOptions, RuntimeSource } from '../../../runtimes/isolated/index.js';

/** What makes two of them the same. */
type Kind = RuntimeSource & Partial<Isolation>;

interface Kept {
  readonly runtime: Promise<ScriptRuntime>;
  uses: number;
}

/** Isolated runtimes, by what they are made from. */
export class KeptRuntimes {
  readonly #kept = new Map<string, Kept>();

  /** One that is in use and made from the same, else a new one. It ends when all who took it have closed it. */
  async take(kind: Kind, options: Omit<IsolatedOptions, keyof Kind>): Promise<ScriptRuntime> {
    const key = JSON.stringify(kind);
    const known = this.#kept.get(key);
    const kept = known ?? { runtime: isolatedRuntime({ ...kind, ...options }), uses: 0 };
    this.#kept.set(key, kept);
    kept.uses += 1;
    const runtime = await kept.runtime.catch((error: unknown) => {
      this.#kept.delete(key);
      throw error;
    });
    if (known !== undefined) await options.runtime?.close?.();
    return { ...runtime, close: once(() => this.#release(key, kept)) };
  }

  async #release(key: string, kept: Kept): Promise<void> {
    kept.uses -= 1;
    if (kept.uses > 0) return;
    this.#kept.delete(key);
    await (await kept.runtime).close?.();
  }
}

/** What isolates is loaded only where something is isolated. */
async function isolatedRuntime(options: IsolatedOptions): Promise<ScriptRuntime> {
  const { createIsolatedRuntime } = await import('../../../runtimes/isolated/index.js');
  return createIsolatedRuntime(options);
}

/** The first time alone. */
function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= act());
}
