/** The arguments of a script's call as the JSON that a tool takes. */
import { setKey } from '../../../core/index.js';
import type { BoundTool, Json, JsonObject } from '../../../core/index.js';
import { StarlarkError } from '../error.js';
import { Dict, toJson } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';

/** The JSON of a call's arguments; throws `tool/arguments`. */
export function toolArguments(
  budget: Budget,
  tool: BoundTool,
  args: readonly Value[],
  names: readonly string[],
): JsonObject {
  const [only] = args;
  if (only instanceof Dict && isAlone(args, names)) {
    const request = toJson(budget, only, tool.scriptName) as JsonObject;
    if (standsForAll(tool, request)) return request;
  }
  const request: Record<string, Json> = {};
  for (const [name, value] of byParameter(tool, args, names)) {
    setKey(request, name, toJson(budget, value, `${tool.scriptName}(${name})`));
  }
  return request;
}

/** Whether a call has one positional argument and nothing else: if that is a dict, it may hold all arguments. */
export function isAlone(args: readonly unknown[], names: readonly string[]): boolean {
  return args.length === 1 && names.length === 0;
}

/**
 * Whether a dict that stands alone holds all arguments, `tool({"a": 1, "b": 2})`, or is the first one. The
 * tool's schema decides: where the first parameter takes no object, it holds all. Where that takes objects,
 * it holds all if its keys are parameters and it is nothing that the schema lets the first parameter be.
 */
export function standsForAll(tool: BoundTool, dict: JsonObject): boolean {
  const [first] = tool.parameters;
  if (first === undefined || !takesObject(tool, first)) return true;
  const keys = Object.keys(dict);
  const known = new Set(tool.parameters);
  return (
    keys.length > 0 && keys.every((key) => known.has(key)) && tool.checkArguments({ [first]: dict }) !== null
  );
}

/** Whether a parameter may be given an object, as far as its schema is plain. */
export function takesObject(tool: BoundTool, parameter: string): boolean {
  return tool.checkArgument(parameter, { type: 'object' }) === null;
}

/** Each argument under its parameter; the positional ones stand for the parameters in their order. */
export function byParameter<Argument>(
  tool: BoundTool,
  args: readonly Argument[],
  names: readonly string[],
): ReadonlyMap<string, Argument> {
  const positional = args.length - names.length;
  const { parameters, scriptName } = tool;
  if (positional > parameters.length) throw tooManyArguments(tool, positional);
  const placed = new Map<string, Argument>();
  args.forEach((argument, index) => {
    const name = index < positional ? parameters[index]! : names[index - positional]!;
    if (placed.has(name)) {
      throw argumentError(tool, `call ${scriptName}: got multiple values for ${JSON.stringify(name)}`);
    }
    placed.set(name, argument);
  });
  return placed;
}

function tooManyArguments(tool: BoundTool, positional: number): StarlarkError {
  const { scriptName, parameters } = tool;
  const plural = parameters.length === 1 ? '' : 's';
  return argumentError(
    tool,
    `call ${scriptName}: got ${positional} positional arguments, want at most ${parameters.length}`,
    parameters.length === 0
      ? 'it takes no arguments'
      : `its parameter${plural}: ${parameters.slice(0, 20).join(', ')}`,
  );
}

function argumentError(tool: BoundTool, message: string, hint?: string): StarlarkError {
  return new StarlarkError('tool/arguments', message, {
    tool: tool.tool.name,
    ...(hint !== undefined && { hint }),
  });
}
