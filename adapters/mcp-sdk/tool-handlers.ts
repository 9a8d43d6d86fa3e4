/**
 * The two request handlers behind a server's tools, taken over and handed back.
 *
 * The SDK has no public way to ask for a handler that is installed, so this file, and no other, looks
 * into the server's own table. It is read by its name and checked: an SDK without it is refused.
 */
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

import { ToolscriptError } from '../../core/index.js';
import type { ToolExtra } from './tool-extra.js';

/** A server of the SDK: `McpServer`, or the one inside. */
export type SdkServer = McpServer | McpServer['server'];

/** The server that speaks the protocol. */
export type ProtocolServer = McpServer['server'];

/** An installed handler. */
export type Handler = (request: object, extra: ToolExtra) => Promise<object>;

/** The methods that tools are made of. */
export type ToolMethod = 'tools/list' | 'tools/call';

/** A handler for each method, where there is one. */
export type ToolHandlers = Partial<Record<ToolMethod, Handler | undefined>>;

const METHODS: readonly ToolMethod[] = ['tools/list', 'tools/call'];

/** The handlers that servers would have, were it not for ours. */
const covered = new WeakMap<ProtocolServer, ToolHandlers>();

/** The server that speaks the protocol. */
export function protocolServerOf(server: SdkServer): ProtocolServer {
  return 'server' in server ? server.server : server;
}

/** The server's own handlers, whether ours cover them or not. */
export function ownHandlers(server: ProtocolServer): ToolHandlers {
  const own = covered.get(server);
  if (own !== undefined) return own;
  const table = tableOf(server);
  return Object.fromEntries(METHODS.map((method) => [method, table.get(method)]));
}

/**
 * Puts handlers over the server's own, also over those that it gets later. The answer takes them away
 * again. Throws `config/invalid` when that was done before.
 */
export function coverHandlers(server: ProtocolServer, ours: Record<ToolMethod, Handler>): () => void {
  if (covered.has(server)) throw misuse('the server has it already');
  const table = tableOf(server);
  const own = ownHandlers(server);
  covered.set(server, own);
  const cover = (): void => {
    for (const method of METHODS) table.set(method, ours[method]);
  };
  cover();
  const stopWatching = watchRegistrations(server, (method) => {
    own[method] = table.get(method);
    cover();
  });
  return () => {
    stopWatching();
    covered.delete(server);
    for (const method of METHODS) restore(table, method, own[method]);
  };
}

/** An error of the host's: the composition is at fault. */
export function misuse(what: string): ToolscriptError {
  return new ToolscriptError({ code: 'config/invalid', message: `attach code mode: ${what}` });
}

type Table = Map<string, Handler | undefined>;

function tableOf(server: ProtocolServer): Table {
  const table: unknown = Reflect.get(server, '_requestHandlers');
  if (table instanceof Map) return table as Table;
  throw misuse('met no server of @modelcontextprotocol/sdk 1.x');
}

function restore(table: Table, method: ToolMethod, handler: Handler | undefined): void {
  if (handler === undefined) table.delete(method);
  else table.set(method, handler);
}

/** Tells of handlers for tools that the server gets while it is watched; the first is let in over ours. */
function watchRegistrations(server: ProtocolServer, registered: (method: ToolMethod) => void): () => void {
  const assertCanSet = server.assertCanSetRequestHandler.bind(server);
  const set = server.setRequestHandler.bind(server);
  const table = tableOf(server);
  server.assertCanSetRequestHandler = (method) => {
    if (!isToolMethod(method) || ownHandlers(server)[method] !== undefined) assertCanSet(method);
  };
  server.setRequestHandler = (schema, handler) => {
    const before = METHODS.map((method) => table.get(method));
    set(schema, handler);
    METHODS.forEach((method, at) => {
      if (table.get(method) !== before[at]) registered(method);
    });
  };
  return () => {
    server.assertCanSetRequestHandler = assertCanSet;
    server.setRequestHandler = set;
  };
}

function isToolMethod(method: string): method is ToolMethod {
  return (METHODS as readonly string[]).includes(method);
}
