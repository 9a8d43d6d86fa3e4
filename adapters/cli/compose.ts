/**
 * The composition root: the one file that opens every door and chooses who does what.
 *
 * The manifest names servers and plugins; what it leaves open is Starlark, fixed limits and no sinks. All
 * faults are found before anything is made, and servers are started last. The MCP packages take longer to
 * load than most scripts to run: they are loaded where they are needed.
 */
import { isDeepStrictEqual } from 'node:util';

import {
  createCodeMode,
  noTools,
  VERSION,
  type CodeMode,
  type LimitPolicy,
  type PluginKind,
  type PluginKinds,
  type ScriptRuntime,
  type TelemetrySink,
  type ToolDispatcher,
  type ToolOrigin,
} from '../../core/index.js';
import {
  ManifestError,
  ownModule,
  resolvePlugins,
  type Fault,
  type LoadedPlugin,
  type Manifest,
} from '../../core/manifest/index.js';
import { withWordsIndex } from '../../plugins/indexes/words/index.js';
import type { RuntimeSource } from '../../runtimes/isolated/index.js';
import { createStarlarkRuntime } from '../../runtimes/starlark/plug/index.js';
import type { JoinedPart } from '../../plugins/dispatchers/joined/index.js';
import type { BackendPool } from '../../plugins/dispatchers/mcp/index.js';
import type { TrailReport } from '../../plugins/telemetry/audit/index.js';
import type { ExportLease, ExportOptions, PoolHost } from '../../plugins/telemetry/otel-export/index.js';
import type { PingOptions, PingPreview } from '../../plugins/telemetry/ping/index.js';
import type {
  Authenticator,
  CodeModeSwitch,
  DrainOptions,
  Gateway,
  GatewayOptions,
  HttpOptions,
} from '../gateway/index.js';
import { AUTH_PATH, readAuth } from './auth-options.js';
import { exportingSink } from './exporting-sink.js';
import { createSinkReport } from './sink-report.js';

export type {
  Authenticator,
  BackendPool,
  CodeModeSwitch,
  DrainOptions,
  Gateway,
  HttpOptions,
  PingPreview,
  TrailReport,
};

/** A manifest at work. */
export interface Composition {
  /** Closing it closes everything that was made for the manifest. */
  readonly codeMode: CodeMode;
  /** The same as clients see it: with the optimizer before it, where that is on. */
  readonly served: CodeMode;
  /** Of the default language. */
  readonly runtime: ScriptRuntime;
  /** Where a tool of the last list comes from. */
  readonly origin: (tool: string) => ToolOrigin | undefined;
}

/** Takes what goes wrong beside the main line, a line each. */
export type Report = (line: string) => void;

/**
 * Everything of a manifest that can be checked without starting it: plugins load, and fit together. What a
 * command has found besides is told with the rest.
 */
export async function plan(
  manifest: Manifest,
  found: readonly Fault[] = [],
): Promise<readonly LoadedPlugin[]> {
  const plugins = await resolvePlugins(manifest);
  const faults = [
    ...runtimeFaults(plugins, manifest),
    ...(await checkFaults(plugins, manifest)),
    ...(await authenticationFaults(manifest)),
    ...(await telemetryFaults(manifest)),
    ...found,
  ];
  if (faults.length > 0) throw refusal(manifest, faults);
  return plugins;
}

/** How a manifest is put to work. */
export interface ComposeOptions {
  readonly report: Report;
  /** Which servers the first list of tools waits for: all, or those that start soon; the others come later. */
  readonly servers: 'all' | 'soon';
  /** Offers code mode whatever the manifest says. */
  readonly codeMode?: true | undefined;
  /** Puts the optimizer before it whatever the manifest says. */
  readonly optimizer?: true | undefined;
  /** Servers of compositions before, which go on where their configuration is the same. Default: none. */
  readonly pool?: BackendPool;
  /** Where telemetry is exported. Default: nowhere, whatever the manifest says. */
  readonly exports?: Exports;
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
  const plugins = chosen(await plan(manifest), manifest);
  const made = await makeAll(plugins, manifest);
  made.sink.push(...(await orClosed(made, () => exportSinks(manifest, options))));
  const runtimes = await isolated(await runtimesOf(plugins, made, manifest), plugins, manifest, options);
  const dispatcher = await joined(dispatchersOf(plugins, made), manifest, options);
  const codeMode = await createCodeMode({
    runtime: runtimes,
    dispatcher,
    limits: [...made.limits, manifest.codeMode.limits],
    sinks: made.sink.length === 0 ? [] : [createSinkReport(options.report), ...made.sink],
    indexes: await withWordsIndex(made.index),
  });
  const served = await optimized(codeMode, manifest, options);
  return { codeMode, served, runtime: runtimes[0]!, origin: (tool) => dispatcher.origin?.(tool) };
}

/** The code mode as clients see it. */
async function optimized(
  codeMode: CodeMode,
  { optimizer, codeMode: { enabled } }: Manifest,
  options: ComposeOptions,
): Promise<CodeMode> {
  if (options.optimizer !== true && !optimizer.enabled) return codeMode;
  const { createOptimizer } = await import('../optimizer-compat/index.js');
  const { maxTools, maxTokens, pinned } = optimizer;
  return createOptimizer(codeMode, { maxTools, maxTokens, pinned, scripts: options.codeMode ?? enabled });
}

/** Checks a trail of the audit sink: its files, the oldest first. */
export async function verifyAudit(files: readonly string[], key: string | undefined): Promise<TrailReport> {
  const { verifyTrail } = await import('../../plugins/telemetry/audit/index.js');
  return verifyTrail(files, key);
}

/** Where compositions that follow each other keep their servers. */
export async function createPool(): Promise<BackendPool> {
  const { BackendPool } = await import('../../plugins/dispatchers/mcp/index.js');
  return new BackendPool();
}

/** The exports of telemetry of one process. */
export interface Exports {
  lease(options: ExportOptions): Promise<ExportLease>;
}

/** Who hears of exports, and whether Prometheus may scrape them. */
export interface ExportsOptions {
  readonly report: Report;
  /** Takes where telemetry goes, a line each time that it changes. */
  readonly note?: (line: string) => void;
  readonly scraped: boolean;
}

/** What it takes is loaded with the first manifest that exports; what fails is told as of any sink. */
export function createExports({ report, note, scraped }: ExportsOptions): Exports {
  const onStart: PoolHost['onStart'] = ({ places }) => {
    if (places.length > 0) note?.(`exporting ${places.join(', ')}`);
    else report('telemetry goes nowhere: wanted otlp, prometheus or OTEL_EXPORTER_OTLP_ENDPOINT');
  };
  const load = async () => {
    const { ExportPool } = await import('../../plugins/telemetry/otel-export/index.js');
    return new ExportPool({ onStart });
  };
  let pool: ReturnType<typeof load> | undefined;
  return {
    lease: async ({ prometheus, ...options }) => {
      pool ??= load();
      return (await pool).lease({ ...options, ...(scraped && prometheus !== undefined && { prometheus }) });
    },
  };
}

/** The sink of the section `telemetry`; none without it. Rejects with a {@link ManifestError}. */
async function exportSinks(manifest: Manifest, { exports }: ComposeOptions): Promise<TelemetrySink[]> {
  const { telemetry } = manifest;
  if (telemetry === undefined || exports === undefined) return [];
  const { createOtelSink } = await import('../../plugins/telemetry/otel/index.js');
  const { ExportError } = await import('../../plugins/telemetry/otel-export/index.js');
  const {
    export: shared,
    flush,
    release,
  } = await exports.lease(exportOptions(telemetry)).catch((error: unknown) => {
    throw error instanceof ExportError ? refusal(manifest, inTelemetry(error.faults), error) : error;
  });
  const { tracerProvider, meterProvider } = shared;
  const { clientTrace, content, toolhiveNames } = telemetry;
  const sink = createOtelSink({ tracerProvider, meterProvider, clientTrace, content, toolhiveNames });
  return [exportingSink(sink, { tell: (host) => shared.tell(host), flush, release })];
}

type Telemetry = NonNullable<Manifest['telemetry']>;

/** What of the section is the export's; the rest is its sink's. */
function exportOptions({ serviceName, attributes, otlp, prometheus }: Telemetry): ExportOptions {
  return {
    serviceVersion: VERSION,
    ...(serviceName !== undefined && { serviceName }),
    ...(attributes !== undefined && { attributes }),
    ...(otlp !== undefined && { otlp }),
    ...(prometheus !== undefined && { prometheus }),
  };
}

async function telemetryFaults({ telemetry }: Manifest): Promise<Fault[]> {
  if (telemetry === undefined) return [];
  const { exportFaults } = await import('../../plugins/telemetry/otel-export/index.js');
  return inTelemetry(await exportFaults(exportOptions(telemetry)));
}

function inTelemetry(faults: readonly Fault[]): Fault[] {
  return faults.map(({ path, message }) => ({ path: ['telemetry', ...path], message }));
}

/** A code mode whose composition can be exchanged. */
export async function createSwitch(first: CodeMode): Promise<CodeModeSwitch> {
  const { CodeModeSwitch } = await import('../gateway/index.js');
  return new CodeModeSwitch(first);
}

function dispatchersOf(plugins: readonly LoadedPlugin[], { dispatcher: made }: Made): JoinedPart[] {
  const names = plugins.filter(({ plugin }) => plugin.kind === 'dispatcher').map(({ name }) => name);
  return made.map((dispatcher, index) => ({ name: names[index]!, dispatcher }));
}

/** Dispatchers that plugins bring come before the servers: no server can take the name of one of their tools. */
async function joined(
  brought: readonly JoinedPart[],
  manifest: Manifest,
  options: ComposeOptions,
): Promise<ToolDispatcher> {
  const parts = [...brought];
  if (manifest.servers.size > 0) {
    parts.push({ name: 'servers', dispatcher: await serversDispatcher(manifest, options) });
  }
  if (parts.length < 2) return parts[0]?.dispatcher ?? noTools;
  const { createJoinedDispatcher } = await import('../../plugins/dispatchers/joined/index.js');
  return createJoinedDispatcher(parts);
}

async function serversDispatcher(
  { servers, aggregation }: Manifest,
  { report, servers: awaited, pool }: ComposeOptions,
): Promise<ToolDispatcher> {
  const { createMcpDispatcher } = await import('../../plugins/dispatchers/mcp/index.js');
  return createMcpDispatcher({
    servers: Object.fromEntries(servers),
    aggregation,
    onDiagnostic: report,
    ...(pool !== undefined && { pool }),
    ...(awaited === 'all' && { startupWaitMs: Number.POSITIVE_INFINITY }),
    clientInfo: { name: 'toolscript', version: VERSION },
  });
}

/** Serves a code mode to MCP clients. */
export async function openGateway(
  served: Pick<GatewayOptions, 'codeMode' | 'scriptTool'>,
  { clients }: Manifest,
  report: Report,
): Promise<Gateway> {
  const { createGateway } = await import('../gateway/index.js');
  const onError = (error: Error): void => {
    if (!isBrokenPipe(error)) report(error.message);
  };
  return createGateway({ ...served, ...clients, onError });
}

/** Lets callers in who come to this path over HTTP; nothing when the manifest lets everybody in. */
export async function openAuthenticator(
  manifest: Manifest,
  path: string,
): Promise<Authenticator | undefined> {
  const auth = await readAuth(manifest);
  if (auth === undefined) return undefined;
  const { createAuthenticator } = await import('../gateway/index.js');
  return createAuthenticator({ ...auth, path });
}

const PING = 'toolscript/plugins/telemetry/ping';

/** The ping of a gateway that has just started with this manifest; nothing when it does not ping. */
export async function previewPing(manifest: Manifest): Promise<PingPreview | undefined> {
  const entry = manifest.plugins.find(({ use }) => use === PING);
  const loaded = (await plan(manifest)).find(({ path }) => path === entry?.path);
  if (loaded === undefined) return undefined;
  const ping = await import('../../plugins/telemetry/ping/index.js');
  return ping.previewPing((loaded.config as PingOptions).url, {
    version: VERSION,
    codeMode: manifest.codeMode.enabled,
    optimizer: manifest.optimizer.enabled,
    backends: manifest.servers.size,
    tools: 0,
  });
}

async function authenticationFaults(manifest: Manifest): Promise<Fault[]> {
  const auth = await readAuth(manifest);
  if (auth === undefined) return [];
  const { authFaults } = await import('../gateway/index.js');
  return authFaults(auth).map(({ path, message }) => ({ path: [...AUTH_PATH, ...path], message }));
}

/** The client has gone: that is how a connection ends. The gateway keeps of an error its words alone. */
function isBrokenPipe({ message }: Error): boolean {
  return /\bEPIPE\b/.test(message);
}

/** The runtimes of the package. */
const RUNTIMES = new Map<string, () => ScriptRuntime | Promise<ScriptRuntime>>([
  ['starlark', () => createStarlarkRuntime()],
  ['quickjs', async () => (await import('../../runtimes/quickjs/index.js')).createQuickjsRuntime()],
  ['monty', async () => (await import('../../runtimes/monty/index.js')).createMontyRuntime()],
]);

/** In the order of the manifest; one that a plugin brings takes the place of ours of the same name. */
async function runtimesOf(
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
async function isolated(
  runtimes: readonly ScriptRuntime[],
  plugins: readonly LoadedPlugin[],
  manifest: Manifest,
  { codeMode, report }: ComposeOptions,
): Promise<ScriptRuntime[]> {
  const { isolation = 'none', enabled } = manifest.codeMode;
  if (isolation === 'none' || !(codeMode ?? enabled)) return [...runtimes];
  const { createIsolatedRuntime } = await import('../../runtimes/isolated/index.js');
  const settings = isolation === 'process' ? {} : isolation;
  return Promise.all(
    runtimes.map(async (runtime, index) => {
      const name = manifest.codeMode.runtimes[index]!;
      const source = sourceOf(name, plugins, manifest);
      if (source !== undefined) return createIsolatedRuntime({ ...source, ...settings, runtime, report });
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

function runtimeFaults(plugins: readonly LoadedPlugin[], { codeMode }: Manifest): Fault[] {
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

/** All plugins but the runtimes that the manifest does not choose. */
function chosen(plugins: readonly LoadedPlugin[], { codeMode }: Manifest): LoadedPlugin[] {
  return plugins.filter(({ plugin, name }) => plugin.kind !== 'runtime' || codeMode.runtimes.includes(name));
}

type Made = { readonly [Kind in PluginKind]: PluginKinds[Kind][] };

/** Makes what the plugins bring, in order; when one fails, those before are closed again. */
async function makeAll(plugins: readonly LoadedPlugin[], manifest: Manifest): Promise<Made> {
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
async function orClosed<T>(made: Made, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    await closeAll(made);
    throw error;
  }
}

/** What plugins find before they make anything. */
async function checkFaults(plugins: readonly LoadedPlugin[], { folder }: Manifest): Promise<Fault[]> {
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

/** The faults, each with its place in the file. */
export function refusal(manifest: Manifest, faults: readonly Fault[], cause?: unknown): ManifestError {
  const located = faults.map((fault) => {
    const position = manifest.locate(fault.path);
    return position === undefined ? fault : { ...fault, position };
  });
  return new ManifestError(`compose ${manifest.file ?? 'the manifest'}`, located, { cause });
}
