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
} from '../../core/index.js';
import { callerOf } from './caller.js';
import { wireFailure, wireResult } from './wire-result.js';

/** What every server of a gateway serves. */
export interface Served {
  readonly codeMode: CodeMode;
  /** Whether `execute_tool_script` is offered. */
  readonly scriptTool: boolean;
  /** What clients are told of us. */
  readonly name: string;
  readonly version: string;
}

/** Makes a server; it still has to be connected. */
export function protocolServer(served: Served): McpServer {
  const { name, version } = served;
  const server = new McpServer({ name, version });
  server.server.registerCapabilities({ tools: { listChanged: true } });
  server.server.fallbackRequestHandler = async (request, context) => {
    if (request.method === 'tools/list') return listTools(served, server, context);
    if (request.method === 'tools/call') return callTool(served, server, request, context);
    throw new ProtocolError(ProtocolErrorCode.MethodNotFound, 'Method not found');
  };
  return server;
}

async function listTools(
  { codeMode, scriptTool }: Served,
  server: McpServer,
  context: ServerContext,
): Promise<Result> {
  const caller = callerOf(server, context);
  const tools = await codeMode.listTools(caller);
  return { tools: scriptTool ? [...tools, await codeMode.scriptTool(caller)] : tools };
}

async function callTool(
  { codeMode, scriptTool }: Served,
  server: McpServer,
  request: JSONRPCRequest,
  context: ServerContext,
): Promise<Result> {
  const { name, args } = readCall(request);
  const asked = requestContext(server, request, context);
  try {
    const result =
      scriptTool && name === SCRIPT_TOOL_NAME
        ? await codeMode.callScriptTool(args, asked)
        : await codeMode.callTool(name, args, asked);
    return wireResult(result);
  } catch (error) {
    return wireFailure(error);
  }
}

function readCall({ params }: JSONRPCRequest): { name: string; args: JsonObject } {
  const { name, arguments: args = {} } = (params ?? {}) as { name?: unknown; arguments?: unknown };
  if (typeof name !== 'string') throw invalid('"name" must be a text');
  if (!isJsonObject(args)) throw invalid('"arguments" must be an object');
  return { name, args };
}

function requestContext(
  server: McpServer,
  { params }: JSONRPCRequest,
  context: ServerContext,
): RequestContext {
  const { progressToken, ...meta } = (params?._meta ?? {}) as JsonObject & {
    progressToken?: string | number;
  };
  const { signal, notify } = context.mcpReq;
  return {
    caller: callerOf(server, context),
    signal,
    ...(Object.keys(meta).length > 0 && { meta }),
    ...(progressToken !== undefined && {
      onProgress: (step) => {
        if (signal.aborted) return;
        notify({ method: 'notifications/progress', params: { progressToken, ...step } }).catch(
          () => undefined,
        );
      },
    }),
  };
}

function invalid(what: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid tools/call request: ${what}`);
}
