/** Where a runtime comes from, so that another process can make the same. */
import type { Plugin, ScriptRuntime } from '../../core/index.js';

/** A module and what of it makes the runtime; all of it can be written as JSON. */
export interface RuntimeSource {
  /** A URL, as `import.meta.resolve` answers it, or a name that this package can resolve. */
  readonly module: string;
  /** The exported function that makes it. Without one, the module's default export is a plugin. */
  readonly export?: string;
  /** What the function, or the plugin, is given. */
  readonly settings?: unknown;
  /** The folder from which a plugin means relative paths. */
  readonly folder?: string;
  /** Whether the runtime needs native code: then the child may load some. Default: false. */
  readonly addons?: boolean;
}

/** Makes the runtime, in this process. */
export async function loadRuntime(source: RuntimeSource): Promise<ScriptRuntime> {
  const { module: specifier, export: name, settings, folder = '.' } = source;
  const module = (await import(specifier)) as Readonly<Record<string, unknown>>;
  if (name === undefined) {
    const plugin = module['default'] as Plugin<'runtime'>;
    return plugin.create(settings, { folder });
  }
  const create = module[name];
  if (typeof create !== 'function') throw new TypeError(`${specifier} exports no function ${name}`);
  return (create as Create)(settings);
}

type Create = (settings: unknown) => ScriptRuntime | Promise<ScriptRuntime>;
