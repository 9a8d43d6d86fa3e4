/** Code mode for a server that was made with `@modelcontextprotocol/sdk` 1.x and has tools of its own. */
import {
  isJsonObject,
  SCRIPT_TOOL_NAME,
  ToolscriptError,
  type CodeMode,
  type RequestContext,
} from '../../core/index.js';
import { tellService } from './service-notice.js';
import {
  coverHandlers,
  misuse,
  ownHandlers,
  protocolServerOf,
  type Handler,
  type ProtocolServer,
  type SdkServer,
} from './tool-handlers.js';
import { requestContext } from './tool-extra.js';
import { toldCall } from './told-call.js';
import { failedCall, unknownTool } from './tool-failure.js';

/** How code mode is attached. */
export interface AttachOptions {
  /**
   * Which tools are listed and called beside `execute_tool_script`: the server's own (`own`, the default), or
   * those of the code mode (`composed`), as where an optimizer stands before it.
   */
  readonly tools?: 'own' | 'composed';
}

/**
 * Adds `execute_tool_script` to a server, whose other tools, registered before or after, stay as they are
 * unless the options say otherwise. The answer takes it away again. Throws `config/invalid` for a server that
 * has it already, and for one that is connected without having tools.
 */
export function attachCodeMode(
  server: SdkServer,
  codeMode: CodeMode,
  { tools = 'own' }: AttachOptions = {},
): () => void {
  const target = protocolServerOf(server);
  announceTools(target);
  const others = tools === 'own' ? ownTools(target) : composedTools(codeMode);
  const uncover = coverHandlers(target, {
    'tools/list': listWithScriptTool(others, codeMode),
    'tools/call': callOrRunScript(others, codeMode),
  });
  const stopTelling = tellOfChanges(target, codeMode);
  tell(target);
  tellService(codeMode);
  return () => {
    stopTelling();
    uncover();
    tell(target);
  };
}

/** The tools capability is agreed on while connecting: afterwards it is there, or it is too late. */
function announceTools(server: ProtocolServer): void {
  const hasTools = ownHandlers(server)['tools/list'] !== undefined;
  if (server.transport === undefined) server.registerCapabilities({ tools: { listChanged: true } });
  else if (!hasTools) throw misuse('the server is connected and has no tools, attach before it connects');
}

/** The tools beside ours. */
interface OtherTools {
  readonly list: (...asked: Parameters<Handler>) => Promise<ToolPage>;
  /** Whether code mode calls them, and tells the sinks. */
  readonly areOurs: boolean;
  readonly call: (call: AskedCall, context: RequestContext) => Promise<object>;
}

interface AskedCall {
  readonly name: unknown;
  readonly args: unknown;
  /** As the server was asked. */
  readonly asked: Parameters<Handler>;
}

interface ToolPage {
  readonly tools?: readonly { readonly name?: unknown }[];
  readonly nextCursor?: unknown;
}

function ownTools(server: ProtocolServer): OtherTools {
  return {
    list: async (...asked) => (await ownHandlers(server)['tools/list']?.(...asked)) ?? {},
    areOurs: false,
    call: async ({ name, asked }) => {
      const call = ownHandlers(server)['tools/call'];
      if (call === undefined) throw unknownTool(name);
      return call(...asked);
    },
  };
}

function composedTools(codeMode: CodeMode): OtherTools {
  return {
    list: async (_request, extra) => ({ tools: await codeMode.listTools(requestContext(extra).caller) }),
    areOurs: true,
    call: async ({ name, args }, context) => {
      if (typeof name !== 'string' || !isJsonObject(args)) throw unknownTool(name);
      return codeMode.callTool(name, args, context).catch((error: unknown) => failedCall(error, name));
    },
  };
}

/** Our tool comes last, on the last page. */
function listWithScriptTool(tools: OtherTools, codeMode: CodeMode): Handler {
  return async (request, extra) => {
    const page = await tools.list(request, extra);
    const others = (page.tools ?? []).filter(({ name }) => name !== SCRIPT_TOOL_NAME);
    if (page.nextCursor !== undefined) return { ...page, tools: others };
    const own = await codeMode.scriptTool(requestContext(extra).caller);
    return { ...page, tools: own === undefined ? others : [...others, own] };
  };
}

function callOrRunScript(tools: OtherTools, codeMode: CodeMode): Handler {
  return async (request, extra) => {
    const { name, arguments: args = {} } =
      (request as { params?: { name?: unknown; arguments?: unknown } }).params ?? {};
    const call: AskedCall = { name, args, asked: [request, extra] };
    const isScript = name === SCRIPT_TOOL_NAME;
    if (!isScript && !tools.areOurs) return tools.call(call, {});
    return toldCall(codeMode, name, extra, async (context): Promise<object> => {
      const result = isScript
        ? await codeMode.callScriptTool(args, context).catch(noneWhenUnknown)
        : undefined;
      return result ?? tools.call(call, context);
    });
  };
}

/** A caller who may not know of our tool is answered by the server itself, as for any name that it has not. */
function noneWhenUnknown(error: unknown): undefined {
  if (!(error instanceof ToolscriptError) || error.code !== 'tool/unknown') throw error;
}

/** Our tool's description names the tools of scripts. Servers come and go with sessions: none is kept alive by this. */
function tellOfChanges(server: ProtocolServer, codeMode: CodeMode): () => void {
  const listed = new WeakRef(server);
  const list = (): Promise<unknown> => codeMode.listTools().catch(() => undefined);
  let last = list();
  const stop = codeMode.onChange(() => {
    const before = last;
    last = list();
    void Promise.all([before, last]).then(([old, now]) => {
      const target = listed.deref();
      if (target === undefined) stop();
      else if (old !== now) tell(target);
    });
  });
  return stop;
}

function tell(server: ProtocolServer): void {
  if (server.transport !== undefined) server.sendToolListChanged().catch(() => undefined);
}
