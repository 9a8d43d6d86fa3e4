/** The runtimes that are compared, each in process and in a process of its own. */
import type { ScriptRuntime } from 'toolscript';
import type { RuntimeSource } from 'toolscript/runtimes/isolated';
import { SCRIPTS } from './scripts.js';
import type { Scripts } from './scripts.js';

/** One column of the table. */
export interface Way {
  readonly scripts: Scripts;
  readonly make: () => Promise<ScriptRuntime & { readonly pids?: readonly number[] }>;
}

/** In process; everything is loaded when it is made. */
const IN_PROCESS: Readonly<Record<string, Way>> = {
  starlark: {
    scripts: SCRIPTS.starlark,
    make: async () => (await import('toolscript')).createStarlarkRuntime(),
  },
  quickjs: {
    scripts: SCRIPTS.javascript,
    make: async () => (await import('toolscript/runtimes/quickjs')).createQuickjsRuntime(),
  },
  monty: {
    scripts: SCRIPTS.python,
    make: async () => (await import('toolscript/runtimes/monty')).createMontyRuntime(),
  },
};

const SOURCES: Readonly<Record<string, RuntimeSource>> = {
  starlark: { module: 'toolscript/runtimes/starlark/plug', export: 'createStarlarkRuntime' },
  quickjs: { module: 'toolscript/runtimes/quickjs', export: 'createQuickjsRuntime' },
  monty: { module: 'toolscript/runtimes/monty', export: 'createMontyRuntime', addons: true },
};

/** By name; the first is what the others are compared with. */
export const WAYS: Readonly<Record<string, Way>> = {
  ...IN_PROCESS,
  ...Object.fromEntries(
    Object.entries(SOURCES).map(([name, source]) => [
      `${name}, isolated`,
      {
        scripts: IN_PROCESS[name]!.scripts,
        make: async () => {
          const { createIsolatedRuntime } = await import('toolscript/runtimes/isolated');
          return createIsolatedRuntime({ ...source, processes: 1 });
        },
      },
    ]),
  ),
};
