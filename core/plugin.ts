/** What a plugin is to the manifest that names it. */
import type { LimitPolicy } from './limit-policy.js';
import type { ScriptRuntime } from './script-runtime.js';
import type { TelemetrySink } from './telemetry-sink.js';
import type { ToolDispatcher } from './tool-dispatcher.js';
import type { ToolIndex } from './tool-index.js';

/** What a plugin of each kind makes. */
export interface PluginKinds {
  readonly runtime: ScriptRuntime;
  readonly dispatcher: ToolDispatcher;
  readonly limits: LimitPolicy;
  readonly sink: TelemetrySink;
  readonly index: ToolIndex;
}

/** A plugin's kind. */
export type PluginKind = keyof PluginKinds;

/** What a plugin learns of the place where it is used. */
export interface PluginContext {
  /** The folder from which relative paths in the configuration are meant; absolute. */
  readonly folder: string;
}

/** The part of a Standard Schema (version 1) that is used here; a zod schema is one. */
export interface ConfigSchema<Config> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => SchemaResult<Config> | Promise<SchemaResult<Config>>;
    readonly types?: { readonly input: unknown; readonly output: Config } | undefined;
  };
}

/** What a Standard Schema answers: the value, or every fault with its path. */
export type SchemaResult<Config> =
  { readonly value: Config; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] };

/** One fault that a Standard Schema found. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined;
}

/** A plugin: the default export of its module. */
export interface Plugin<Kind extends PluginKind = PluginKind, Config = unknown> {
  /** For messages and diagnostics. */
  readonly name: string;
  readonly kind: Kind;
  /** Judges `with` of the manifest; without one, `with` must be absent. */
  readonly config?: ConfigSchema<Config>;
  /** Throws what `create` would throw, without anything to close afterwards: for `toolscript validate`. */
  check?(config: Config, context: PluginContext): Promise<void> | void;
  /** `config` is what the schema answered; `undefined` without a schema. */
  create(config: Config, context: PluginContext): PluginKinds[Kind] | Promise<PluginKinds[Kind]>;
}

/** Gives a plugin its types; answers it as it is. */
export function definePlugin<Kind extends PluginKind, Config = undefined>(
  plugin: Plugin<Kind, Config>,
): Plugin<Kind, Config> {
  return plugin;
}
