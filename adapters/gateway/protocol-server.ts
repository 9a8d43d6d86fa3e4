/**
 * The MCP server that one connection, or one request, of a client talks to.
 *
 * Requests are answered by the fallback handler, because the SDK's typed ones strip the fields that they
 * do not know: what a backend lists and answers reaches the client as it came.
 */
import { McpServer, type Result } from '@modelcontextprotocol/server';

import type { Caller, CodeMode } from '../../core/index.js';
import { ClientRequest, type Connection, type Era, type Introduction } from './client-request.js';
import { watchLists, type Watched } from './list-watch.js';
import type { Reception } from './reception.js';
import { servedSource } from './request-source.js';

/** What every server of a gateway serves. */
export interface Served {
  readonly codeMode: CodeMode;
  readonly reception: Reception;
  /** Whether `execute_tool_script` is offered, at this moment. */
  readonly offersScripts: () => boolean;
  /** What clients are told of us. */
  readonly name: string;
  readonly version: string;
  readonly instructions: string;
}

/**
 * What a backend may bring at any time, so that it is said whether or not one is there now; a list of
 * nothing is empty.
 */
const CAPABILITIES = {
  tools: { listChanged: true },
  resources: { subscribe: true, listChanged: true },
  prompts: { listChanged: true },
  completions: {},
  logging: {},
};

/** What the capabilities say is as long-lived as the process. */
const DISCOVERY = { ttlMs: 300_000, cacheScope: 'private' } as const;

/**
 * Makes a server for one request of a client; it still has to be connected. `method` is the one that will
 * be asked for, where that is known: the SDK has an HTTP status of its own for one that nobody answers.
 */
export function protocolServer(served: Served, era: Era, method?: string | null): McpServer {
  return connect(served, era, { onCaller: () => undefined, method }).server;
}

/**
 * Makes a server for a client that stays: it is told when its lists change. `self` is who it is when no
 * token says, as over stdio.
 */
export function lastingServer(
  served: Served,
  era: Era,
  report: (error: Error) => void,
  self?: Caller,
): McpServer {
  let caller: Caller | undefined;
  const stops = new Map<string, () => void>();
  const made = connect(served, era, { onCaller: (seen) => (caller = seen), self, stops });
  const { server } = made.server;
  const stop = watchLists(
    served,
    () => caller,
    (list) => {
      if (server.transport !== undefined) TELL[list](server).catch(report);
    },
  );
  server.onclose = () => {
    stop();
    for (const unsubscribe of stops.values()) unsubscribe();
    stops.clear();
    served.reception.leave(made.connection);
  };
  return made.server;
}

const TELL: Readonly<Record<Watched, (server: McpServer['server']) => Promise<void>>> = {
  tools: (server) => server.sendToolListChanged(),
  resources: (server) => server.sendResourceListChanged(),
  prompts: (server) => server.sendPromptListChanged(),
};

interface ConnectOptions {
  readonly onCaller: (caller: Caller) => void;
  readonly method?: string | null | undefined;
  readonly self?: Caller | undefined;
  /** Ends what the client subscribed to, by URI. */
  readonly stops?: Map<string, () => void>;
}

function connect(
  { reception, name, version, instructions }: Served,
  era: Era,
  { onCaller, method, self, stops = new Map() }: ConnectOptions,
): { readonly server: McpServer; readonly connection: Connection } {
  const options = { instructions, cacheHints: { 'server/discover': DISCOVERY } };
  const server = new McpServer({ name, version }, options);
  server.server.registerCapabilities(CAPABILITIES);
  server.server.removeRequestHandler('logging/setLevel');
  const tell = (uri: string): void => void server.server.sendResourceUpdated({ uri }).catch(() => undefined);
  const introduction: Introduction = server.server;
  const transport = self === undefined ? 'http' : 'stdio';
  const connection: Connection = { era, transport, introduction, self, subscriptions: { stops, tell } };
  const made = { server, connection };
  if (era === 'modern' && typeof method === 'string' && !reception.answers(method, era)) return made;
  server.server.fallbackRequestHandler = (asked, context): Promise<Result> => {
    const request = new ClientRequest(asked, servedSource(context), connection);
    onCaller(request.caller);
    return reception.answer(request);
  };
  return made;
}
