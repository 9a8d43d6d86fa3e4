/** The servers: each is started and asked for its tools. */
import { performance } from 'node:perf_hooks';

import type { BackendState, ToolDefinition, ToolOrigin } from '../../../core/index.js';
import type { LoadedPlugin, Manifest } from '../../../core/manifest/index.js';
import { withComposition } from '../compose/index.js';
import type { Finding } from './finding.js';

/** How one server did. */
export interface ServerReport {
  readonly name: string;
  readonly up: boolean;
  readonly tools: number;
  /** Milliseconds until it had listed its tools, or failed. */
  readonly ms: number;
  readonly problems: readonly string[];
}

/** What the servers offer together. */
export interface Offer {
  readonly servers: readonly ServerReport[];
  readonly tools: readonly ToolDefinition[];
  readonly origins: ReadonlyMap<string, ToolOrigin>;
  readonly reservedNames: ReadonlySet<string>;
}

/** Starts the servers of a manifest, lists their tools, and ends them. No policy and no sink takes part. */
export async function startServers(
  manifest: Manifest,
  plugins: readonly LoadedPlugin[],
  onServer: (report: ServerReport) => void,
): Promise<Offer> {
  const wanted = plugins.filter(({ plugin: { kind } }) => kind === 'runtime' || kind === 'dispatcher');
  const places = new Set(wanted.map(({ path }) => path[1]));
  const some = manifest.plugins.filter(({ path }) => places.has(path[1]));
  const started = performance.now();
  const done = new Map<string, ServerReport>();
  const look = (states: readonly BackendState[]): void => {
    for (const { name, up, tools, problems, starting = false } of states) {
      if (starting || done.has(name)) continue;
      const report = { name, up, tools, problems, ms: Math.round(performance.now() - started) };
      done.set(name, report);
      onServer(report);
    }
  };
  const options = { report: () => undefined, servers: 'all', isolation: 'none' } as const;
  return withComposition({ ...manifest, plugins: some }, options, async ({ codeMode, runtime, origin }) => {
    codeMode.onChange(() => look(codeMode.backends()));
    const tools = await codeMode.listTools();
    const states = codeMode.backends();
    look(states);
    const origins = tools.flatMap(({ name }) => {
      const known = origin(name);
      return known === undefined ? [] : [[name, known] as const];
    });
    // What was found meanwhile is in the state of the end.
    const servers = states.map((state) => ({ ...done.get(state.name)!, ...state }));
    return { servers, tools, origins: new Map(origins), reservedNames: runtime.reservedNames };
  });
}

/** How long a client waits for the tools of servers that start. */
const SLOW_MS = 10_000;

/** What is to be said of the servers. */
export function serverFindings(servers: readonly ServerReport[], manifest: Manifest): Finding[] {
  return servers.flatMap(({ name, up, tools, ms, problems }): Finding[] => {
    const subject = `server ${name}`;
    if (!up) {
      const message = problems.join('; ') || 'is down';
      return [{ severity: 'error', subject, message, remedy: remedyOf(message, name, manifest) }];
    }
    return [
      ...problems.map((message): Finding => ({
        severity: 'warning',
        subject,
        message,
        remedy: 'tell its maker; the others of its tools work',
      })),
      ...(tools === 0
        ? [
            {
              severity: 'hint',
              subject,
              message: 'lists no tools',
              remedy: 'look at tools.include, or take it out',
            } as const,
          ]
        : []),
      ...(ms > SLOW_MS
        ? [
            {
              severity: 'hint',
              subject,
              message: `took ${(ms / 1_000).toFixed(1)} s to start`,
              remedy: 'install it, where npx or uvx fetches it each time; clients hear of its tools later',
            } as const,
          ]
        : []),
    ];
  });
}

/** By what is said of a server that is down. */
const REMEDIES: readonly (readonly [RegExp, (what: string) => string])[] = [
  [
    /ENOENT/,
    (command) =>
      `install ${command}, or write its whole path: clients start the gateway with a PATH of their own`,
  ],
  [/EACCES/, (command) => `let this user run it: chmod +x ${command}`],
  [/\b(?:401|403|unauthorized|forbidden)\b/i, () => 'look at its token, in headers'],
  [/\b404\b/, () => 'look at its url; many end in /mcp, and with type sse in /sse'],
  [
    /no answer in/,
    () => 'start it once by hand, which also fetches what npx needs; connectTimeoutMs gives it more time',
  ],
  [/fetch failed|ECONNREFUSED|ENOTFOUND/, () => 'look at its url, and whether it is running'],
  [
    /exited/,
    (command) =>
      `start ${command} by hand with the same arguments and variables: a program gets only what env names`,
  ],
];

function remedyOf(message: string, name: string, { servers }: Manifest): string {
  const server = servers.get(name);
  const command = server?.type === 'stdio' ? server.command : 'it';
  const known = REMEDIES.find(([sign]) => sign.test(message));
  return known === undefined ? 'look at what it says, and at its entry in the manifest' : known[1](command);
}
