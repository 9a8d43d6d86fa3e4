/**
 * Tools that want arguments repeated as headers, `Mcp-Param-…` (2026-07-28, basic/transports, custom
 * headers). The SDK compares them with the body, once it knows the schema of the tool that is called.
 */
import type { Caller, CodeMode, JsonObject, ToolDefinition } from '../../../core/index.js';

const DECLARATION = 'x-mcp-header';

/** Input schemas by the name of their tool. */
type ParameterSchemas = ReadonlyMap<string, JsonObject>;

/** Finds the schemas of tools that declare such headers; each list of tools is looked through once. */
export class ParameterHeaders {
  readonly #codeMode: CodeMode;
  readonly #found = new WeakMap<readonly ToolDefinition[], ParameterSchemas>();

  constructor(codeMode: CodeMode) {
    this.#codeMode = codeMode;
  }

  /** The input schemas of the caller's tools that declare such headers, by the tool's name. */
  async declaredFor(caller: Caller): Promise<ParameterSchemas> {
    const tools = await this.#toolsOf(caller);
    const found = this.#found.get(tools) ?? schemasIn(tools);
    this.#found.set(tools, found);
    return found;
  }

  /** A list that fails is told of by the call itself. */
  #toolsOf(caller: Caller): Promise<readonly ToolDefinition[]> {
    return this.#codeMode.listTools(caller).catch(() => NO_TOOLS);
  }
}

const NO_TOOLS: readonly ToolDefinition[] = [];

function schemasIn(tools: readonly ToolDefinition[]): ParameterSchemas {
  const found = new Map<string, JsonObject>();
  for (const { name, inputSchema } of tools) {
    if (JSON.stringify(inputSchema).includes(DECLARATION)) found.set(name, inputSchema);
  }
  return found;
}
