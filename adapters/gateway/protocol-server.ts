/**
 * The MCP server that one connection, or one request, of a client talks to.
 *
 * Requests are answered by the fallback handler, because the SDK's typed ones strip the fields that they
 * do not know: what a backend lists and answers reaches the client as it came.
 */
import {
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  type JSONRPCRequest,
  type Result,
  type ServerContext,
} from '@modelcontextprotocol/server';

import {
  isJsonObject,
  SCRIPT_TOOL_NAME,
  type CodeMode,
  type JsonObject,
  type RequestContext,
  type ToolResult,
} from '../../core/index.js';
import { callerOf } from './caller.js';
import { olderResult, wireFailure, wireResult } from './wire-result.js';

/** What every server of a gateway serves. */
export interface Served {
  readonly codeMode: CodeMode;
  /** Whether `execute_tool_script` is offered. */
  readonly scriptTool: boolean;
  /** What clients are told of us. */
  readonly name: string;
  readonly version: string;
}

/** The eras of the protocol: `legacy` is 2025-11-25 and older, `modern` is 2026-07-28 and newer. */
export type Era = 'legacy' | 'modern';

/**
 * Makes a server for a client of one era; it still has to be connected. `method` is the one that will be
 * asked for, where that is known: the SDK has an HTTP status of its own for one that nobody answers.
 */
export function protocolServer(served: Served, era: Era, method?: string | null): McpServer {
  const { name, version } = served;
  const server = new McpServer({ name, version });
  const desk = new ToolDesk(served, era, server);
  server.server.registerCapabilities({ tools: { listChanged: true } });
  if (era === 'modern' && typeof method === 'string' && !METHODS.has(method)) return server;
  server.server.fallbackRequestHandler = async (request, context) => {
    if (request.method === 'tools/list') return desk.list(context);
    if (request.method === 'tools/call') return desk.call(request, context);
    throw new ProtocolError(ProtocolErrorCode.MethodNotFound, 'Method not found');
  };
  return server;
}

const METHODS: ReadonlySet<string> = new Set(['tools/list', 'tools/call']);

/** Answers the requests about tools. */
class ToolDesk {
  readonly #served: Served;
  readonly #era: Era;
  readonly #server: McpServer;

  constructor(served: Served, era: Era, server: McpServer) {
    this.#served = served;
    this.#era = era;
    this.#server = server;
  }

  async list(context: ServerContext): Promise<Result> {
    const { codeMode, scriptTool } = this.#served;
    const caller = callerOf(this.#server, context);
    const tools = await codeMode.listTools(caller);
    const own = scriptTool ? await codeMode.scriptTool(caller) : undefined;
    return { tools: own === undefined ? tools : [...tools, own] };
  }

  async call(request: JSONRPCRequest, context: ServerContext): Promise<Result> {
    const { name, args } = readCall(request);
    const asked = this.#contextOf(request, context);
    try {
      const result = wireResult(await this.#answer(name, args, asked));
      return this.#era === 'modern' ? result : olderResult(result, await this.#outputSchema(name, asked));
    } catch (error) {
      return wireFailure(error);
    }
  }

  #answer(name: string, args: JsonObject, asked: RequestContext): Promise<ToolResult> {
    const { codeMode, scriptTool } = this.#served;
    const runs = scriptTool && name === SCRIPT_TOOL_NAME;
    return runs ? codeMode.callScriptTool(args, asked) : codeMode.callTool(name, args, asked);
  }

  async #outputSchema(name: string, { caller }: RequestContext): Promise<JsonObject | undefined> {
    const tools = await this.#served.codeMode.listTools(caller);
    return tools.find((tool) => tool.name === name)?.outputSchema;
  }

  #contextOf({ params }: JSONRPCRequest, context: ServerContext): RequestContext {
    const { progressToken, ...meta } = (params?._meta ?? {}) as JsonObject & {
      progressToken?: string | number;
    };
    const { signal, notify } = context.mcpReq;
    return {
      caller: callerOf(this.#server, context),
      signal,
      ...(Object.keys(meta).length > 0 && { meta }),
      ...(progressToken !== undefined && {
        onProgress: (step) => {
          if (signal.aborted) return;
          notify({ method: 'notifications/progress', params: { ...step, progressToken } }).catch(
            () => undefined,
          );
        },
      }),
    };
  }
}

function readCall({ params }: JSONRPCRequest): { name: string; args: JsonObject } {
  const { name, arguments: args = {} } = (params ?? {}) as { name?: unknown; arguments?: unknown };
  if (typeof name !== 'string') throw invalid('"name" must be a text');
  if (!isJsonObject(args)) throw invalid('"arguments" must be an object');
  return { name, args };
}

function invalid(what: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid tools/call request: ${what}`);
}
