/**
 * The composition of a manifest.
 *
 * The manifest names servers and plugins; what it leaves open is Starlark, fixed limits and no sinks. All
 * faults are found before anything is made, and servers are started last.
 */
import {
  createCodeMode,
  type CodeMode,
  type ScriptRuntime,
  type TelemetrySink,
  type ToolOrigin,
} from '../../../core/index.js';
import type { Manifest } from '../../../core/manifest/index.js';
import { withWordsIndex } from '../../../plugins/indexes/words/index.js';
import type { ComposeOptions } from './compose-options.js';
import { dispatchersOf, joined } from './dispatchers.js';
import { makeAll, orClosed } from './made-plugins.js';
import { plan } from './plan.js';
import { chosen, isolated, runtimesOf } from './runtimes.js';
import { createSinkReport } from './sink-report.js';
import { exportSinks } from './telemetry.js';

/** A manifest at work. */
export interface Composition {
  /** Closing it closes everything that was made for the manifest. */
  readonly codeMode: CodeMode;
  /** The same as clients see it: with the optimizer before it, where that is on. */
  readonly served: CodeMode;
  /** Of the default language. */
  readonly runtime: ScriptRuntime;
  /** The languages of scripts, the default first. */
  readonly languages: readonly string[];
  /** Those of which nothing is told before they run. */
  readonly unchecked: readonly string[];
  /** Where a tool of the last list comes from. */
  readonly origin: (tool: string) => ToolOrigin | undefined;
}

/** Puts a manifest to work for as long as `use` takes, and closes everything afterwards. */
export async function withComposition<T>(
  manifest: Manifest,
  options: ComposeOptions,
  use: (composition: Composition) => Promise<T>,
): Promise<T> {
  const composition = await compose(manifest, options);
  try {
    return await use(composition);
  } finally {
    await composition.codeMode.close();
  }
}

/** Rejects with a {@link ManifestError}. Servers may still be starting when it answers. */
export async function compose(manifest: Manifest, options: ComposeOptions): Promise<Composition> {
  const plugins = chosen(await plan(manifest), manifest, options.report);
  const made = await makeAll(plugins, manifest);
  made.sink.push(...(await orClosed(made, () => exportSinks(manifest, options.exports))));
  const runtimes = await isolated(await runtimesOf(plugins, made, manifest), plugins, manifest, options);
  const dispatcher = await joined(dispatchersOf(plugins, made), manifest, options);
  const codeMode = await createCodeMode({
    runtime: runtimes,
    dispatcher,
    limits: [...made.limits, manifest.codeMode.limits],
    sinks: sinksOf(made.sink, options),
    indexes: await withWordsIndex(made.index),
    guide: (options.codeMode ?? manifest.codeMode.enabled) && manifest.codeMode.guide,
  });
  const served = await optimized(codeMode, manifest, options);
  const origin = (tool: string): ToolOrigin | undefined => dispatcher.origin?.(tool);
  return { codeMode, served, runtime: runtimes[0]!, ...languagesOf(runtimes), origin };
}

function languagesOf(runtimes: readonly ScriptRuntime[]): Pick<Composition, 'languages' | 'unchecked'> {
  const namesOf = (some: readonly ScriptRuntime[]): string[] =>
    some.map(({ language, name }) => language ?? name);
  return {
    languages: namesOf(runtimes),
    unchecked: namesOf(runtimes.filter((runtime) => runtime.check === undefined)),
  };
}

function sinksOf(
  made: readonly TelemetrySink[],
  { sinks: others = [], report }: ComposeOptions,
): TelemetrySink[] {
  const sinks = [...made, ...others];
  return sinks.length === 0 ? [] : [createSinkReport(report), ...sinks];
}

/** The code mode as clients see it. */
async function optimized(
  codeMode: CodeMode,
  { optimizer, codeMode: { enabled } }: Manifest,
  options: ComposeOptions,
): Promise<CodeMode> {
  if (options.optimizer !== true && !optimizer.enabled) return codeMode;
  const { createOptimizer } = await import('../../optimizer-compat/index.js');
  const { maxTools, maxTokens, pinned } = optimizer;
  return createOptimizer(codeMode, { maxTools, maxTokens, pinned, scripts: options.codeMode ?? enabled });
}
