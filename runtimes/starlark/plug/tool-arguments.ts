/** The arguments of a script's call as the JSON that a tool takes. */
import { isJsonObject, setKey } from '../../../core/index.js';
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
  if (only instanceof Dict && standsForAll(tool, args, names) && hasOnlyParameters(tool, only.keys())) {
    const request = toJson(budget, only, tool.scriptName);
    if (isJsonObject(request)) return request;
  }
  const request: Record<string, Json> = {};
  for (const [name, value] of byParameter(tool, args, names)) {
    setKey(request, name, toJson(budget, value, `${tool.scriptName}(${name})`));
  }
  return request;
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

/**
 * Whether a dict may hold all arguments, `tool({"a": 1, "b": 2})`, as models write it too: where nothing
 * else is given, and the first parameter does not want an object itself.
 */
export function standsForAll(tool: BoundTool, args: readonly unknown[], names: readonly string[]): boolean {
  return args.length === 1 && names.length === 0 && !wantsObject(tool);
}

/** Whether these are the keys of such a dict: parameters all, and some at least. */
export function hasOnlyParameters(tool: BoundTool, keys: readonly unknown[]): boolean {
  const known = new Set<unknown>(tool.parameters);
  return keys.length > 0 && keys.every((key) => known.has(key));
}

function wantsObject(tool: BoundTool): boolean {
  const [first] = tool.parameters;
  const { properties } = tool.tool.inputSchema;
  if (first === undefined || !isJsonObject(properties)) return false;
  const schema = properties[first];
  return !isJsonObject(schema) || schema.type === undefined || schema.type === 'object';
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
