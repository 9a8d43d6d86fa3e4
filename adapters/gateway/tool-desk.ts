/** Answers calls of tools. */
import {
  isJsonObject,
  resultCode,
  SCRIPT_TOOL_NAME,
  ToolscriptError,
  type CodeMode,
  type JsonObject,
  type ToolResult,
} from '../../core/index.js';
import type { ClientRequest } from './client-request.js';
import type { InputRounds } from './input-rounds.js';
import type { Answer, Work } from './running-call.js';
import { invalidRequest, wireError } from './wire-error.js';
import { olderResult, wireFailure, wireResult } from './wire-result.js';

/** The calls of one gateway. */
export class ToolDesk {
  readonly #codeMode: CodeMode;
  /** Whether `execute_tool_script` is offered. */
  readonly #offersScripts: () => boolean;
  readonly #rounds: InputRounds;

  constructor(codeMode: CodeMode, offersScripts: () => boolean, rounds: InputRounds) {
    this.#codeMode = codeMode;
    this.#offersScripts = offersScripts;
    this.#rounds = rounds;
  }

  /** A call that failed is a result; what the server behind us answers as an error of the protocol is one. */
  async call(request: ClientRequest): Promise<Answer> {
    const { name, args } = readCall(request);
    const runs = name === SCRIPT_TOOL_NAME && this.#offersScripts();
    const work: Work = async (context) => {
      try {
        return runs
          ? await this.#codeMode.callScriptTool(args, context)
          : await this.#codeMode.callTool(name, args, context);
      } catch (error) {
        return failed(error);
      }
    };
    const isModern = request.era === 'modern';
    const answer = await (isModern
      ? this.#rounds.serve(request, work, { stateless: !runs })
      : work(request.context()));
    request.code = resultCode(answer);
    const result = wired(answer);
    if (isModern) return result;
    const isPromised = !runs && result.isError !== true && isJsonObject(result.structuredContent);
    return olderResult(result, isPromised ? await this.#outputSchema(name, request) : undefined);
  }

  /** Nothing when the tools cannot be listed any more: the call was made, and its result counts. */
  async #outputSchema(name: string, { caller }: ClientRequest): Promise<JsonObject | undefined> {
    const tools = await this.#codeMode.listTools(caller).catch(() => []);
    return tools.find((tool) => tool.name === name)?.outputSchema;
  }
}

function failed(error: unknown): ToolResult {
  const isProtocols =
    error instanceof ToolscriptError && (error.rpc !== undefined || error.code === 'tool/unknown');
  if (isProtocols) throw wireError(error);
  return wireFailure(error);
}

/** Questions are for the client as they are. */
function wired(result: Answer): ToolResult {
  return result['resultType'] === 'input_required'
    ? (result as ToolResult)
    : wireResult(result as ToolResult);
}

function readCall({ method, params }: ClientRequest): { name: string; args: JsonObject } {
  const { name, arguments: args = {} } = params;
  if (typeof name !== 'string') throw invalidRequest(method, '"name" must be a text');
  if (!isJsonObject(args)) throw invalidRequest(method, '"arguments" must be an object');
  return { name, args };
}
