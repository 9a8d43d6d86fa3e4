/** The tools of a server made with `@modelcontextprotocol/sdk` 1.x, called in this process. */
import {
  SCRIPT_TOOL_NAME,
  ToolscriptError,
  type Caller,
  type Progress,
  type ToolCall,
  type ToolDefinition,
  type ToolDispatcher,
  type ToolResult,
} from '../../core/index.js';
import { ownHandlers, protocolServerOf, type ProtocolServer, type SdkServer } from './tool-handlers.js';
import { originOf, type ToolExtra } from './tool-extra.js';

const INVALID_PARAMS = -32_602;
const MAX_PAGES = 200;

/**
 * Lets scripts call a server's own tools, with the server's own checks, without a connection. A tool
 * that a client's script calls gets that client's `authInfo` and session.
 */
export function createServerDispatcher(server: SdkServer): ToolDispatcher {
  return new ServerDispatcher(protocolServerOf(server));
}

class ServerDispatcher implements ToolDispatcher {
  readonly #server: ProtocolServer;
  #tools: readonly ToolDefinition[] = [];
  #text = '[]';
  #count = 0;

  constructor(server: ProtocolServer) {
    this.#server = server;
  }

  /** The server is asked each time, for it tells nobody in this process when its tools change. */
  async listTools(caller: Caller): Promise<readonly ToolDefinition[]> {
    const tools = await this.#readTools(caller);
    const text = JSON.stringify(tools);
    if (text !== this.#text) {
      this.#text = text;
      this.#tools = tools;
    }
    return this.#tools;
  }

  async callTool(call: ToolCall): Promise<ToolResult> {
    const handler = ownHandlers(this.#server)['tools/call'];
    if (handler === undefined || call.tool === SCRIPT_TOOL_NAME) throw unknownTool(call);
    const params = {
      name: call.tool,
      arguments: call.args,
      ...(call.meta !== undefined && { _meta: call.meta }),
    };
    try {
      const answer = handler({ method: 'tools/call', params }, this.#extra(call));
      return (await Promise.race([answer, ended(call.signal)])) as ToolResult;
    } catch (error) {
      throw failure(error, call);
    }
  }

  async #readTools(caller: Caller): Promise<ToolDefinition[]> {
    const handler = ownHandlers(this.#server)['tools/list'];
    const tools: ToolDefinition[] = [];
    let params: { cursor?: string } = {};
    for (let page = 0; handler !== undefined && page < MAX_PAGES; page += 1) {
      const extra = this.#extra({ caller, signal: new AbortController().signal });
      const result = (await handler({ method: 'tools/list', params }, extra)) as ToolPage;
      tools.push(...result.tools);
      if (result.nextCursor === undefined) break;
      params = { cursor: result.nextCursor };
    }
    return tools.filter(({ name }) => name !== SCRIPT_TOOL_NAME);
  }

  /** What the tool would get from a client: as much as is known of the one that stands behind the call. */
  #extra({
    caller,
    signal,
    meta,
    onProgress,
  }: Pick<ToolCall, 'caller' | 'signal' | 'meta' | 'onProgress'>): ToolExtra {
    const origin = originOf(caller);
    const sessionId = origin === undefined ? caller.session : origin.sessionId;
    const server = this.#server;
    this.#count += 1;
    const requestId = `script-${this.#count}`;
    const progress = onProgress !== undefined && { progressToken: requestId };
    return {
      ...(origin?.authInfo !== undefined && { authInfo: origin.authInfo }),
      ...(origin?.requestInfo !== undefined && { requestInfo: origin.requestInfo }),
      ...(sessionId !== undefined && { sessionId }),
      signal,
      requestId,
      _meta: { ...meta, ...progress },
      sendNotification: async (notification) => {
        if (notification.method === 'notifications/progress') onProgress?.(stepOf(notification.params));
        else await (origin?.sendNotification(notification) ?? server.notification(notification));
      },
      sendRequest: (request, schema, options) =>
        origin?.sendRequest(request, schema, options) ?? server.request(request, schema, options),
    };
  }
}

/** The step alone: its token is of this side. */
function stepOf({ progress, total, message }: Record<string, unknown> = {}): Progress {
  return {
    progress: Number(progress),
    ...(typeof total === 'number' && { total }),
    ...(typeof message === 'string' && { message }),
  };
}

interface ToolPage {
  readonly tools: readonly ToolDefinition[];
  readonly nextCursor?: string;
}

/** Rejects when the call must end; a tool may not care about its signal. */
function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

function failure(error: unknown, call: ToolCall): ToolscriptError {
  if (error instanceof ToolscriptError) return error;
  const { tool, signal } = call;
  if (signal.aborted)
    return new ToolscriptError({
      code: 'cancelled',
      message: `call ${tool}: cancelled before it answered`,
      tool,
    });
  const { code, message } = error as { code?: unknown; message?: unknown };
  const words = typeof message === 'string' ? message.replace(/^MCP error -?\d+: /, '') : 'the tool failed';
  if (code === INVALID_PARAMS && /\bnot found\b|\bunknown tool\b/i.test(words)) return unknownTool(call);
  return new ToolscriptError({ code: 'tool/failed', message: words, tool }, { cause: error });
}

function unknownTool({ tool }: ToolCall): ToolscriptError {
  return new ToolscriptError({ code: 'tool/unknown', message: `call a tool: no tool named "${tool}"`, tool });
}
