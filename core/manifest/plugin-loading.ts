/**
 * Loads the plugins that a manifest names, and holds their settings against their own schemas.
 *
 * Faults of all plugins are found before any of them makes anything: a plugin is created by the
 * composition, not here.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { resolve } from 'import-meta-resolve';

import { nearestName } from '../nearest-name.js';
import type { ConfigSchema, Plugin, PluginKind, SchemaIssue, SchemaResult } from '../plugin.js';
import { ManifestError, quoted, type Fault, type Path } from './fault.js';
import type { Manifest, PluginEntry } from './manifest.js';
import { isOwn, ownModule, ownPlugins } from './own-module.js';
import { withScalars } from './scalar-text.js';

/** A plugin that was found, with settings that fit it. */
export interface LoadedPlugin {
  /** Its place in the manifest. */
  readonly path: Path;
  /** What diagnostics call it. */
  readonly name: string;
  readonly plugin: Plugin;
  /** The URL of its module. */
  readonly url: string;
  /** What its schema answered; undefined without a schema. */
  readonly config: unknown;
}

/** Loads every plugin that is switched on, in order; rejects with a {@link ManifestError} of all faults. */
export async function resolvePlugins(manifest: Manifest): Promise<LoadedPlugin[]> {
  const attempts = await Promise.all(manifest.plugins.map((entry) => load(entry, manifest.folder)));
  const faults = attempts.flatMap((attempt) => ('faults' in attempt ? attempt.faults : []));
  if (faults.length > 0) throw refusal(manifest, faults);
  return attempts.flatMap((attempt) => ('faults' in attempt ? [] : [attempt]));
}

interface Failed {
  readonly faults: readonly Fault[];
}

function refusal(manifest: Manifest, faults: readonly Fault[]): ManifestError {
  const located = faults.map((fault) => {
    const position = manifest.locate(fault.path);
    return position === undefined ? fault : { ...fault, position };
  });
  return new ManifestError(`load the plugins of ${manifest.file ?? 'the manifest'}`, located);
}

async function load(entry: PluginEntry, folder: string): Promise<LoadedPlugin | Failed> {
  const usePath = [...entry.path, 'use'];
  const url = locateModule(entry.use, folder);
  if (url === undefined) return failed(usePath, notFound(entry.use));
  const module = await importModule(url);
  if ('reason' in module) return failed(usePath, module.reason);
  const plugin = module.default;
  if (!isPlugin(plugin)) return failed(usePath, NO_PLUGIN);
  return configured({ plugin, url }, entry);
}

function failed(path: Path, message: string): Failed {
  return { faults: [{ path, message }] };
}

function locateModule(specifier: string, folder: string): string | undefined {
  try {
    const url = isOwn(specifier)
      ? ownModule(specifier)
      : resolve(specifier, pathToFileURL(join(folder, 'manifest.json')).href);
    return url?.startsWith('file:') && !existsSync(new URL(url)) ? undefined : url;
  } catch {
    return undefined;
  }
}

function notFound(specifier: string): string {
  const nearest = isOwn(specifier) ? nearestName(specifier, ownPlugins()) : undefined;
  return `found no such module, wanted ${
    nearest === undefined
      ? "a package, or a path that starts with ./ in the manifest's folder"
      : quoted(nearest)
  }`;
}

type Imported = { readonly default?: unknown } | { readonly reason: string };

async function importModule(url: string): Promise<Imported> {
  try {
    return (await import(url)) as { readonly default?: unknown };
  } catch (error) {
    return { reason: importFailure(error) };
  }
}

function importFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ERR_MODULE_NOT_FOUND')
    return 'found a module that imports what is not there, wanted a plugin';
  const [said = ''] = error instanceof Error ? error.message.split('\n') : [];
  return `found a module that fails while it loads${said === '' ? '' : ` (${said})`}, wanted a plugin`;
}

const NO_PLUGIN = 'found a module that is no plugin, wanted one with `export default definePlugin({…})`';

const KINDS: ReadonlySet<unknown> = new Set<PluginKind>(['runtime', 'dispatcher', 'limits', 'sink', 'index']);

function isPlugin(value: unknown): value is Plugin {
  if (typeof value !== 'object' || value === null) return false;
  const plugin = value as Partial<Plugin>;
  return typeof plugin.name === 'string' && KINDS.has(plugin.kind) && typeof plugin.create === 'function';
}

async function configured(
  { plugin, url }: Pick<LoadedPlugin, 'plugin' | 'url'>,
  entry: PluginEntry,
): Promise<LoadedPlugin | Failed> {
  const { path, name = plugin.name } = entry;
  const withPath = [...path, 'with'];
  if (plugin.config === undefined) {
    if (entry.with !== undefined)
      return failed(withPath, 'found settings, wanted none: this plugin has no settings');
    return { path, name, plugin, url, config: undefined };
  }
  const result = await judge(plugin.config, entry);
  if (result.issues === undefined) return { path, name, plugin, url, config: result.value };
  return { faults: result.issues.map((issue) => faultOf(issue, withPath)) };
}

/** What a schema refuses as a text, it may take as the number or the truth value that the variable holds. */
async function judge(schema: ConfigSchema<unknown>, entry: PluginEntry): Promise<SchemaResult<unknown>> {
  const { with: settings = {}, variables } = entry;
  const result = await schema['~standard'].validate(settings);
  if (result.issues === undefined || variables.length === 0) return result;
  const refused = new Set(result.issues.map(({ path = [] }) => JSON.stringify(path.map(stepOf))));
  const read = withScalars(
    settings,
    variables.filter((path) => refused.has(JSON.stringify(path))),
  );
  return read === undefined ? result : schema['~standard'].validate(read);
}

/** The words are those of the plugin's schema. */
function faultOf(issue: SchemaIssue, withPath: Path): Fault {
  return { path: [...withPath, ...(issue.path ?? []).map(stepOf)], message: issue.message };
}

function stepOf(step: PropertyKey | { readonly key: PropertyKey }): string | number {
  const key = typeof step === 'object' ? step.key : step;
  return typeof key === 'number' ? key : String(key);
}
