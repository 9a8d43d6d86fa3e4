/** Plugins that were made, and those that cannot be. */
import type {
  LimitPolicy,
  PluginKind,
  PluginKinds,
  ScriptRuntime,
  TelemetrySink,
  ToolDispatcher,
} from '../../../core/index.js';
import type { Fault, LoadedPlugin, Manifest } from '../../../core/manifest/index.js';
import { refusal } from './refusal.js';

/** What plugins brought, by kind, in the order of the manifest. */
export type Made = { readonly [Kind in PluginKind]: PluginKinds[Kind][] };

/** Makes what the plugins bring, in order; when one fails, those before are closed again. */
export async function makeAll(plugins: readonly LoadedPlugin[], manifest: Manifest): Promise<Made> {
  const made: Made = { runtime: [], dispatcher: [], limits: [], sink: [], index: [] };
  for (const loaded of plugins) {
    try {
      const part = await loaded.plugin.create(loaded.config, { folder: manifest.folder });
      (made[loaded.plugin.kind] as (typeof part)[]).push(part);
    } catch (error) {
      await closeAll(made);
      throw refusal(manifest, [startFault(loaded, error)], error);
    }
  }
  return made;
}

/** Does something after plugins were made, which are closed when it fails. */
export async function orClosed<T>(made: Made, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    await closeAll(made);
    throw error;
  }
}

/** What plugins find before they make anything. */
export async function checkFaults(plugins: readonly LoadedPlugin[], { folder }: Manifest): Promise<Fault[]> {
  const found = plugins.map(async (loaded) => {
    try {
      await loaded.plugin.check?.(loaded.config, { folder });
      return [];
    } catch (error) {
      return [startFault(loaded, error)];
    }
  });
  return (await Promise.all(found)).flat();
}

function startFault({ path }: LoadedPlugin, error: unknown): Fault {
  const [said = ''] = error instanceof Error ? error.message.split('\n') : [];
  return { path, message: `found a plugin that cannot start${said === '' ? '' : ` (${said})`}` };
}

async function closeAll(made: Made): Promise<void> {
  const parts: readonly (ScriptRuntime | ToolDispatcher | LimitPolicy | TelemetrySink)[] =
    Object.values(made).flat();
  await Promise.allSettled(parts.map(async (part) => part.close?.()));
}
