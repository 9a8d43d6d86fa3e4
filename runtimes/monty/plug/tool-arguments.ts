/** The arguments of a script's call as the JSON that a tool takes. */
import { isJsonObject, setKey, ToolscriptError } from '../../../core/index.js';
import type { BoundTool, Json, JsonObject } from '../../../core/index.js';

/**
 * Keyword arguments are the tool's parameters, positional ones stand for them in their order; one dict alone
 * may hold all arguments. Throws `tool/arguments`.
 */
export function toolArguments(tool: BoundTool, args: readonly Json[], kwargs: JsonObject): JsonObject {
  const names = Object.keys(kwargs);
  const [only] = args;
  if (args.length === 1 && names.length === 0 && isJsonObject(only) && standsForAll(tool, only)) return only;
  const { parameters } = tool;
  if (args.length > parameters.length) throw tooMany(tool, args.length);
  const request: Record<string, Json> = {};
  args.forEach((argument, index) => {
    setKey(request, parameters[index]!, argument);
  });
  for (const name of names) {
    if (Object.hasOwn(request, name)) {
      throw fault(tool, `got multiple values for ${JSON.stringify(name)}`, 'give each argument once');
    }
    setKey(request, name, kwargs[name]!);
  }
  return request;
}

/** Keywords that may give the tool's name where no positional argument does, in this order. */
const NAME_KEYWORDS = ['tool_name', 'name'];
/** Keywords that may give all arguments of the tool as one dict. */
const ALL_KEYWORDS = ['parameters', 'arguments'];

/** Takes a call of `call_tool` apart; clients have a tool of that name, too, whose parameters are understood. */
export function namedCall(
  args: readonly Json[],
  kwargs: JsonObject,
): { readonly name: Json | undefined; readonly rest: readonly Json[]; readonly named: JsonObject } {
  const keyword = args.length > 0 ? undefined : NAME_KEYWORDS.find((name) => Object.hasOwn(kwargs, name));
  const [name, ...rest] = keyword === undefined ? args : [kwargs[keyword]!];
  const names = Object.keys(kwargs).filter((each) => each !== keyword);
  const [only] = names;
  if (names.length === 1 && only !== undefined && ALL_KEYWORDS.includes(only) && isJsonObject(kwargs[only])) {
    return { name, rest, named: kwargs[only] };
  }
  const named: Record<string, Json> = {};
  for (const each of names) setKey(named, each, kwargs[each]!);
  return { name, rest, named };
}

/** Whether a dict that stands alone holds all arguments, or is the first one: the tool's schema decides. */
function standsForAll(tool: BoundTool, dict: JsonObject): boolean {
  const [first] = tool.parameters;
  if (first === undefined || tool.checkArgument(first, { type: 'object' }) !== null) return true;
  const keys = Object.keys(dict);
  const known = new Set(tool.parameters);
  return (
    keys.length > 0 && keys.every((key) => known.has(key)) && tool.checkArguments({ [first]: dict }) !== null
  );
}

function tooMany(tool: BoundTool, given: number): ToolscriptError {
  const { parameters } = tool;
  const names = parameters.slice(0, 20).join(', ');
  return fault(
    tool,
    `got ${String(given)} positional arguments, want at most ${String(parameters.length)}`,
    parameters.length === 0 ? 'it takes no arguments' : `its parameters: ${names}`,
  );
}

function fault({ scriptName, tool }: BoundTool, what: string, hint: string): ToolscriptError {
  const message = `call ${scriptName}: ${what}`;
  return new ToolscriptError({ code: 'tool/arguments', message, tool: tool.name, hint });
}
