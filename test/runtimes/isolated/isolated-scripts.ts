/** Code mode over an isolated runtime, for tests. */
import { createCodeMode, type Tool } from '../../../adapters/library/index.js';
import type { CodeMode, Limits } from '../../../core/index.js';
import {
  createIsolatedRuntime,
  type IsolatedOptions,
  type IsolatedRuntime,
} from '../../../runtimes/isolated/index.js';

export const STARLARK = {
  module: new URL('../../../runtimes/starlark/plug/index.ts', import.meta.url).href,
  export: 'createStarlarkRuntime',
};
export const HOSTILE = {
  module: new URL('./hostile-runtime.ts', import.meta.url).href,
  export: 'createHostileRuntime',
};

/** A composition at work, and what came of its processes. */
export interface Isolated {
  readonly codeMode: CodeMode;
  readonly runtime: IsolatedRuntime;
  readonly reports: string[];
}

export async function isolated(
  options: IsolatedOptions,
  tools: readonly Tool[] = [],
  limits: Partial<Limits> = {},
): Promise<Isolated> {
  const reports: string[] = [];
  const runtime = await createIsolatedRuntime({ report: (line) => reports.push(line), ...options });
  return { codeMode: await createCodeMode({ runtime, tools, limits }), runtime, reports };
}

/** Resolves once nothing of this process is left. */
export async function gone(pid: number): Promise<void> {
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 5));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
