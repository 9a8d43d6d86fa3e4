/** Any runtime, in processes of its own: what it says of its language it says here, what it runs it runs there. */
import { systemClock } from '../../core/index.js';
import type { Clock, Failure, Script, ScriptHost, ScriptRuntime } from '../../core/index.js';
import { completeIsolation } from './isolation.js';
import type { Isolation } from './isolation.js';
import { ProcessPool } from './pool/process-pool.js';
import { loadRuntime } from './runtime-source.js';
import type { RuntimeSource } from './runtime-source.js';

/** Which runtime, and how it is isolated. */
export interface IsolatedOptions extends RuntimeSource, Partial<Isolation> {
  /** The same runtime in this process, for guide and signatures; it never runs a script. Default: made from the module. */
  readonly runtime?: ScriptRuntime;
  /** Takes what an operator should know of processes that ended, a line each. Default: nobody. */
  readonly report?: (line: string) => void;
  /**
   * When the first child starts: `now`, or when it is `needed`, by the first script, or before it by the first
   * signature, which is asked for when a client lists tools. Default: `now`.
   */
  readonly start?: 'now' | 'needed';
  readonly clock?: Clock;
}

/** A runtime whose scripts run in processes of their own. */
export interface IsolatedRuntime extends ScriptRuntime {
  /** The process ids of its children, for those who watch them. */
  readonly pids: readonly number[];
  /** Ends all children; resolves when none is left. */
  close(): Promise<void>;
}

/** Rejects with `config/invalid`, and with what the module throws. */
export async function createIsolatedRuntime(options: IsolatedOptions): Promise<IsolatedRuntime> {
  const isolation = completeIsolation(options);
  const { report = () => undefined, clock = systemClock, runtime, start = 'now' } = options;
  const source = sourceOf(options);
  const shown = runtime ?? (await loadRuntime(source));
  const pool = new ProcessPool({ source, isolation, clock, report });
  if (start === 'now') pool.warm();
  return {
    ...faceOf(shown),
    signature: (tool, maxLength) => {
      pool.warm();
      return shown.signature(tool, maxLength);
    },
    run: (script, host) => pool.run(script, host),
    ...(shown.check !== undefined && { check: (script, host) => checked(pool, script, host) }),
    get pids() {
      return pool.pids;
    },
    close: async () => {
      await pool.close();
      await shown.close?.();
    },
  };
}

async function checked(pool: ProcessPool, script: Script, host: ScriptHost): Promise<Failure | undefined> {
  const result = await pool.run(script, host, 'check');
  return result.ok ? undefined : result.error;
}

function sourceOf({ module, export: name, settings, folder, addons }: IsolatedOptions): RuntimeSource {
  return {
    module: module.startsWith('file:') ? module : import.meta.resolve(module),
    ...(name !== undefined && { export: name }),
    ...(settings !== undefined && { settings }),
    ...(folder !== undefined && { folder }),
    ...(addons !== undefined && { addons }),
  };
}

/** What a runtime says of its language. */
function faceOf(runtime: ScriptRuntime): Omit<ScriptRuntime, 'signature' | 'run' | 'check' | 'close'> {
  const { name, language, reservedNames, guide, briefGuide, examples } = runtime;
  return {
    name,
    reservedNames,
    guide,
    ...(language !== undefined && { language }),
    ...(briefGuide !== undefined && { briefGuide }),
    ...(examples !== undefined && { examples }),
  };
}
