/**
 * Answers calls of `call_tool`: reads which tool is meant, and calls it as the client itself would. What the
 * tool answers, asks and tells on the way passes as it is.
 */
import {
  oneLine,
  SCRIPT_TOOL_NAME,
  ToolscriptError,
  type CodeMode,
  type JsonObject,
  type RequestContext,
  type ToolDefinition,
  type ToolResult,
} from '../../core/index.js';
import { CallFault, Parameters, readArguments, readName } from './call-request.js';
import type { FindTool } from './find-tool.js';
import { codedFailure } from './meta-result.js';
import { CALL_TOOL, CALL_TOOL_NAME, findTool, FIND_TOOL_NAME } from './meta-tools.js';

/** Makes a call with arguments that were read. */
type Make = (args: JsonObject) => Promise<ToolResult>;

/** What a name leads to. */
interface Target {
  readonly parameters: Parameters;
  readonly make: Make;
}

/** Calls tools of callers. */
export class CallTool {
  readonly #codeMode: CodeMode;
  readonly #findTool: FindTool;
  readonly #scripts: boolean;

  constructor(codeMode: CodeMode, findTool: FindTool, scripts: boolean) {
    this.#codeMode = codeMode;
    this.#findTool = findTool;
    this.#scripts = scripts;
  }

  /** Rejects as a direct call of the tool does, except for a tool that is not there: that is a result. */
  async answer(args: JsonObject, context: RequestContext, depth = 0): Promise<ToolResult> {
    const call = readName(args);
    if (call instanceof CallFault) return codedFailure('tool/arguments', call.text);
    const target = await this.#target(call.name, context, depth);
    if (target === undefined) return this.#notFound(call.name, context);
    const own = readArguments(call, target.parameters, args);
    if (own instanceof CallFault) return codedFailure('tool/arguments', own.text);
    try {
      return await target.make(own);
    } catch (error) {
      if (!isUnknown(error)) throw error;
      return this.#notFound(call.name, context);
    }
  }

  /** A server's tool of the name of one of ours comes before ours, which is listed anyway. */
  async #target(name: string, context: RequestContext, depth: number): Promise<Target | undefined> {
    if (name === SCRIPT_TOOL_NAME) return this.#scripts ? this.#script(context) : undefined;
    const named = await this.#codeMode.toolNamed(name, context.caller);
    if (named !== undefined) return this.#tool(named.tool, context);
    if (name === FIND_TOOL_NAME) {
      return { parameters: FIND_PARAMETERS, make: (args) => this.#findTool.answer(args, context) };
    }
    if (name !== CALL_TOOL_NAME || depth >= MAX_DEPTH) return undefined;
    return { parameters: CALL_PARAMETERS, make: (args) => this.answer(args, context, depth + 1) };
  }

  #tool(tool: ToolDefinition, context: RequestContext): Target {
    return {
      parameters: new Parameters(tool),
      make: (args) => this.#codeMode.callTool(tool.name, args, context),
    };
  }

  #script(context: RequestContext): Target {
    return {
      parameters: SCRIPT_PARAMETERS,
      make: (args) => this.#codeMode.callScriptTool(args, context),
    };
  }

  async #notFound(name: string, context: RequestContext): Promise<ToolResult> {
    const near = await this.#near(name, context);
    const hint = near.length === 0 ? '' : `; near it are ${near.join(', ')}`;
    const text = `tool not found: ${oneLine(name, MAX_NAME)}${hint}; ${FIND_TOOL_NAME} finds tools by what they do`;
    return codedFailure('tool/unknown', text);
  }

  /** Names of the caller's tools that a search for this name finds; none when it cannot be searched. */
  async #near(name: string, context: RequestContext): Promise<readonly string[]> {
    try {
      const { tools } = await this.#codeMode.findTools({ text: name, limit: MAX_NEAR }, context);
      return tools.map(({ tool }) => oneLine(tool.name, MAX_NAME));
    } catch {
      return [];
    }
  }
}

const MAX_NAME = 200;
const MAX_NEAR = 3;
/** How often `call_tool` may be called through itself. */
const MAX_DEPTH = 3;

const FIND_PARAMETERS = new Parameters(findTool(false));
const CALL_PARAMETERS = new Parameters(CALL_TOOL);
const SCRIPT_PARAMETERS = new Parameters({ inputSchema: { properties: { script: {}, data: {} } } });

/** That the tool is gone; what its server says in words of the protocol is another thing. */
function isUnknown(error: unknown): boolean {
  return error instanceof ToolscriptError && error.code === 'tool/unknown' && error.rpc === undefined;
}
