/**
 * Loads a manifest: reads the file, takes out what is switched off, puts variables in place, holds it
 * against the definition, and answers it in the shape that a composition needs.
 *
 * Every fault that can be found is found in one go. It starts no server and loads no plugin.
 */
import { readFile, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import type { Position } from '../error.js';
import type { Limits } from '../limit-policy.js';
import { didYouMean } from '../nearest-name.js';
import type { AggregationSection } from './aggregation-section.js';
import type { Definition } from './definition.js';
import { expand, type Variables } from './expansion.js';
import { ManifestError, type Fault, type Path } from './fault.js';
import type { StdioSection } from './auth-section.js';
import type { ClientsSection } from './clients-section.js';
import type { HttpSection } from './http-section.js';
import { JsonSyntaxError, readJson, type JsonDocument } from './json-document.js';
import type { OptimizerSection } from './optimizer-section.js';
import { prune } from './pruning.js';
import { readScalarTexts } from './scalar-text.js';
import { serversOf, type ServerEntry, type Servers } from './server-entry.js';
import type { TelemetrySection } from './telemetry-section.js';
import { validate } from './validation.js';

/** A manifest, ready to compose. */
export interface Manifest {
  /** The file it came from, absolute. */
  readonly file?: string;
  /** The folder from which relative paths are meant, absolute. */
  readonly folder: string;
  /** The servers by name; those switched off are not among them. */
  readonly servers: ReadonlyMap<string, ServerEntry>;
  /** How tools are named that several servers offer. */
  readonly aggregation: AggregationSection;
  readonly codeMode: {
    readonly enabled: boolean;
    /** Whether a prompt and resources tell of scripts while it is enabled. */
    readonly guide: boolean;
    /** The default first. */
    readonly runtimes: readonly string[];
    /** Where scripts run; absent where nothing is said of it. */
    readonly isolation?: IsolationSection;
    readonly limits: Partial<Limits>;
  };
  readonly optimizer: OptimizerSection;
  /** The plugins that are switched on, in order. */
  readonly plugins: readonly PluginEntry[];
  /** What holds for all clients. */
  readonly clients: ClientsSection;
  /** How clients are served over HTTP. */
  readonly http: HttpSection;
  /** Who the client over standard input and output is. */
  readonly stdio: StdioSection;
  /** Where traces and metrics go; absent where nothing is said of them. */
  readonly telemetry?: TelemetrySection;
  /** What was let in but changes nothing, where somebody might count on it. */
  readonly notes: readonly Fault[];
  /** Where the value at a path stands in the file; undefined without a file. */
  readonly locate: (path: Path) => Position | undefined;
}

/** Where scripts run: in processes of their own, with these settings, or in the process that composes. */
export type IsolationSection = NonNullable<Definition['codeMode']['isolation']>;

/** A plugin, as the manifest names it. */
export interface PluginEntry {
  /** Its place in the manifest. */
  readonly path: Path;
  readonly use: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly name?: string;
  /** Where in `with` a text is one variable and nothing else. */
  readonly variables: readonly Path[];
}

/** How to load a manifest. */
export interface LoadOptions {
  /** Where variables come from. Default: the environment of the process. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The folder of a manifest that is given as an object. Default: the working folder. */
  readonly folder?: string;
}

/** The greatest file that is read, in bytes. */
export const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

/** Loads a manifest from a file, or from an object as it would stand in one; rejects with {@link ManifestError}. */
export async function loadManifest(source: string | object, options: LoadOptions = {}): Promise<Manifest> {
  const origin = typeof source === 'string' ? await readOrigin(resolve(source)) : originOf(source, options);
  const { definition, servers, variables } = check(origin, options.env ?? process.env);
  const { aggregation, optimizer, plugins, clients, http, stdio, telemetry } = definition;
  const { runtime, ...code } = definition.codeMode;
  return {
    ...(origin.file !== undefined && { file: origin.file }),
    folder: origin.folder,
    servers: servers.entries,
    aggregation,
    codeMode: { ...code, runtimes: [runtime].flat() },
    optimizer,
    plugins: plugins.flatMap(({ enabled, ...plugin }, index) =>
      enabled ? [{ ...plugin, path: ['plugins', index], variables: below(variables, index) }] : [],
    ),
    clients,
    http,
    stdio,
    ...(telemetry !== undefined && { telemetry }),
    notes: [...servers.notes, ...strangersOf(aggregation, origin)],
    locate: (path) => origin.locate?.(path),
  };
}

/** Of the paths of variables those in the settings of one plugin, from there. */
function below(variables: readonly Path[], plugin: number): Path[] {
  return variables.flatMap(([list, index, key, ...rest]) =>
    list === 'plugins' && index === plugin && key === 'with' ? [rest] : [],
  );
}

interface Checked {
  readonly definition: Definition;
  readonly servers: Servers;
  readonly variables: readonly Path[];
}

function check(origin: Origin, env: Variables['env']): Checked {
  const variables = { env, folder: origin.folder };
  const expansion = expand(prune(origin.value, variables), variables);
  readScalarTexts(expansion);
  const { value: definition, faults: misfits } = validate(expansion);
  const servers = serversOf(definition, origin.folder);
  const faults = [
    ...origin.duplicates.map((path) => ({ path, message: 'found this key twice, wanted it once' })),
    ...expansion.faults,
    ...unlessAt(expansion.faults, misfits),
    ...servers.faults,
  ];
  if (definition === undefined || faults.length > 0) throw refusal(origin, faults);
  return { definition, servers, variables: expansion.variables };
}

/** Names of a list of priority that no server has, switched off ones included. */
function strangersOf({ priority = [] }: AggregationSection, { value }: Origin): Fault[] {
  const { mcpServers, servers } = value as Readonly<Record<string, object | undefined>>;
  const known = Object.keys({ ...mcpServers, ...servers });
  return priority.flatMap((name, index) =>
    known.includes(name)
      ? []
      : [
          {
            path: ['aggregation', 'priority', index],
            message: `is the name of no server${didYouMean(name, known)}`,
          },
        ],
  );
}

/** A manifest's value, and where it came from. */
interface Origin {
  readonly act: string;
  readonly value: unknown;
  readonly folder: string;
  readonly file?: string;
  readonly duplicates: readonly Path[];
  readonly locate?: (path: Path) => Position;
}

function originOf(value: object, { folder = '.' }: LoadOptions): Origin {
  return { act: 'read the manifest', value, folder: resolve(folder), duplicates: [] };
}

async function readOrigin(file: string): Promise<Origin> {
  const act = `read manifest ${file}`;
  const document = documentOf(act, await readText(act, file));
  return { act, file, folder: dirname(file), ...document };
}

async function readText(act: string, file: string): Promise<string> {
  try {
    const { size } = await stat(file);
    if (size > MAX_MANIFEST_BYTES) {
      throw new ManifestError(act, [
        { path: [], message: `found ${size} bytes, wanted at most ${MAX_MANIFEST_BYTES}` },
      ]);
    }
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof ManifestError) throw error;
    throw new ManifestError(act, [{ path: [], message: readFailure(error) }], { cause: error });
  }
}

const READ_FAILURES: Readonly<Record<string, string>> = {
  ENOENT: 'found no such file, wanted a JSON file',
  ENOTDIR: 'found no such file, wanted a JSON file',
  EISDIR: 'found a folder, wanted a JSON file',
  EACCES: 'found a file that may not be read, wanted a readable one',
  EPERM: 'found a file that may not be read, wanted a readable one',
};

function readFailure(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'an error';
  return READ_FAILURES[code] ?? `found ${code} while reading, wanted a readable JSON file`;
}

function documentOf(act: string, text: string): JsonDocument {
  try {
    return readJson(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const { line, column } = error.position;
    const message = `line ${line}, column ${column}: ${error.message}`;
    throw new ManifestError(act, [{ path: [], message, position: error.position }]);
  }
}

/** Leaves out faults of values whose variables are at fault already. */
function unlessAt(reported: readonly Fault[], faults: readonly Fault[]): Fault[] {
  const paths = new Set(reported.map((fault) => JSON.stringify(fault.path)));
  return faults.filter((fault) => !paths.has(JSON.stringify(fault.path)));
}

/** In the order of the file, as a reader goes through it. */
function refusal(origin: Origin, faults: readonly Fault[]): ManifestError {
  const { locate } = origin;
  if (locate === undefined) return new ManifestError(origin.act, faults);
  const located = faults.map((fault) => ({ ...fault, position: locate(fault.path) }));
  located.sort((a, b) => a.position.line - b.position.line || a.position.column - b.position.column);
  return new ManifestError(origin.act, located);
}
