/** The languages of a manifest: ours by name, or a plugin's; each in processes of its own where that is wanted. */
import { isDeepStrictEqual } from 'node:util';

import type { ScriptRuntime } from '../../../core/index.js';
import { ownModule, type Fault, type LoadedPlugin, type Manifest } from '../../../core/manifest/index.js';
import type { RuntimeSource } from '../../../runtimes/isolated/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';
import type { ComposeOptions } from './compose-options.js';
import { KeptRuntimes } from './kept-runtimes.js';
import type { Made } from './made-plugins.js';

/** The runtimes of the package. */
const RUNTIMES = new Map<string, () => ScriptRuntime | Promise<ScriptRuntime>>([
  ['starlark', () => createStarlarkRuntime()],
  ['quickjs', async () => (await import('../../../runtimes/quickjs/index.js')).createQuickjsRuntime()],
  ['monty', async () => (await import('../../../runtimes/monty/index.js')).createMontyRuntime()],
]);

/** In the order of the manifest; one that a plugin brings takes the place of ours of the same name. */
export async function runtimesOf(
  plugins: readonly LoadedPlugin[],
  { runtime: made }: Made,
  { codeMode }: Manifest,
): Promise<ScriptRuntime[]> {
  const names = plugins.filter(({ plugin }) => plugin.kind === 'runtime').map(({ name }) => name);
  const brought = new Map(names.map((name, index) => [name, made[index]!]));
  return Promise.all(codeMode.runtimes.map(async (name) => brought.get(name) ?? RUNTIMES.get(name)!()));
}

/** Where the runtimes of the package come from, for processes of their own. */
const SOURCES: ReadonlyMap<string, RuntimeSource> = new Map([
  ['starlark', { module: 'toolscript/runtimes/starlark/plug', export: 'createStarlarkRuntime' }],
  ['quickjs', { module: 'toolscript/runtimes/quickjs' }],
  ['monty', { module: 'toolscript/runtimes/monty', addons: true }],
]);

/** The same runtimes, their scripts in processes of their own where that is wanted and scripts are offered. */
export async function isolated(
  runtimes: readonly ScriptRuntime[],
  plugins: readonly LoadedPlugin[],
  manifest: Manifest,
  { codeMode, isolation: otherwise = 'none', processes = new KeptRuntimes(), report }: ComposeOptions,
): Promise<ScriptRuntime[]> {
  const { isolation = otherwise, enabled } = manifest.codeMode;
  if (isolation === 'none' || !(codeMode ?? enabled)) return [...runtimes];
  const settings = isolation === 'process' ? {} : isolation;
  return Promise.all(
    runtimes.map(async (runtime, index) => {
      const name = manifest.codeMode.runtimes[index]!;
      const source = sourceOf(name, plugins, manifest);
      if (source !== undefined)
        return processes.take({ ...source, ...settings }, { runtime, report, start: 'needed' });
      report(`${name} runs in this process: its settings cannot be given to another`);
      return runtime;
    }),
  );
}

/** Where another process finds the runtime; nothing when its settings cannot go there. */
function sourceOf(
  name: string,
  plugins: readonly LoadedPlugin[],
  { folder }: Manifest,
): RuntimeSource | undefined {
  const brought = plugins.find((loaded) => loaded.plugin.kind === 'runtime' && loaded.name === name);
  if (brought === undefined) {
    const own = SOURCES.get(name);
    const module = own && ownModule(own.module);
    return module === undefined ? undefined : { ...own, module };
  }
  const { url: module, config: settings } = brought;
  if (!isDeepStrictEqual(settings, writable(settings))) return undefined;
  return { module, folder, addons: true, ...(settings !== undefined && { settings }) };
}

/** What is left of settings once they were written as JSON. */
function writable(settings: unknown): unknown {
  return settings === undefined ? undefined : (JSON.parse(JSON.stringify(settings)) as unknown);
}

/** Names that mean no runtime, and those that stand twice. */
export function runtimeFaults(plugins: readonly LoadedPlugin[], { codeMode }: Manifest): Fault[] {
  const brought = plugins.filter(({ plugin }) => plugin.kind === 'runtime').map(({ name }) => name);
  const names = [...new Set([...RUNTIMES.keys(), ...brought])];
  const path = ['codeMode', 'runtime'];
  return codeMode.runtimes.flatMap((name, index) => {
    if (!names.includes(name)) {
      const at = codeMode.runtimes.length > 1 ? [...path, index] : path;
      return [{ path: at, message: `found no runtime of this name, wanted ${names.join(' or ')}` }];
    }
    const isTwice = codeMode.runtimes.indexOf(name) < index;
    return isTwice ? [{ path: [...path, index], message: 'found this runtime twice, wanted it once' }] : [];
  });
}

/** All plugins but the runtimes that the manifest does not choose, of which a line is reported. */
export function chosen(
  plugins: readonly LoadedPlugin[],
  { codeMode }: Manifest,
  report: ComposeOptions['report'],
): LoadedPlugin[] {
  return plugins.filter(({ plugin, name }) => {
    if (plugin.kind !== 'runtime' || codeMode.runtimes.includes(name)) return true;
    report(`the runtime ${name} runs no scripts: codeMode.runtime does not name it`);
    return false;
  });
}
