/** The arguments of a script's call as the JSON that a tool takes. */
import { isJsonObject, setKey, ToolscriptError } from '../../../core/index.js';
import type { BoundTool, Json, JsonObject } from '../../../core/index.js';

/** One object holds all arguments; others stand for the parameters in their order. Throws `tool/arguments`. */
export function toolArguments(tool: BoundTool, args: readonly Json[]): JsonObject {
  const [only] = args;
  if (args.length === 1 && isJsonObject(only) && standsForAll(tool, only)) return only;
  const { parameters } = tool;
  if (args.length > parameters.length) throw tooMany(tool, args.length);
  const request: Record<string, Json> = {};
  args.forEach((argument, index) => {
    setKey(request, parameters[index]!, argument);
  });
  return request;
}

/**
 * Whether an object that stands alone holds all arguments: so calls are written. It is the first argument only
 * where it cannot be meant otherwise: a key of it is no parameter, and the schema lets the first parameter be it.
 */
function standsForAll(tool: BoundTool, object: JsonObject): boolean {
  const known = new Set(tool.parameters);
  if (Object.keys(object).every((key) => known.has(key))) return true;
  const [first] = tool.parameters;
  if (first === undefined || tool.checkArgument(first, { type: 'object' }) !== null) return true;
  return tool.checkArguments({ [first]: object }) !== null;
}

function tooMany({ scriptName, parameters, tool }: BoundTool, given: number): ToolscriptError {
  const names = parameters.slice(0, 20).join(', ');
  return new ToolscriptError({
    code: 'tool/arguments',
    message: `call ${scriptName}: got ${String(given)} arguments, want one object`,
    tool: tool.name,
    hint: parameters.length === 0 ? 'it takes no arguments' : `${scriptName}({ ${names} })`,
  });
}
