/** The arguments of a script's call as the JSON that a tool takes. */
import { isJsonObject, setKey } from '../../../core/index.js';
import type { BoundTool, Json, JsonObject } from '../../../core/index.js';
import { StarlarkError } from '../error.js';
import { Dict, toJson } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';

/** The positional ones stand for the tool's parameters in their order; throws `tool/arguments`. */
export function toolArguments(
  budget: Budget,
  tool: BoundTool,
  args: readonly Value[],
  names: readonly string[],
): JsonObject {
  const whole = wholeArguments(budget, tool, args, names);
  if (whole !== null) return whole;
  const positional = args.length - names.length;
  const { parameters, scriptName } = tool;
  if (positional > parameters.length) throw tooManyArguments(tool, positional);
  const request: Record<string, Json> = {};
  args.forEach((value, index) => {
    const name = index < positional ? parameters[index]! : names[index - positional]!;
    if (Object.hasOwn(request, name)) {
      throw argumentError(tool, `call ${scriptName}: got multiple values for ${JSON.stringify(name)}`);
    }
    setKey(request, name, toJson(budget, value, `${scriptName}(${name})`));
  });
  return request;
}

/**
 * The arguments in one dict, `tool({"a": 1, "b": 2})`, as models write it too: read so when nothing
 * else is given, every key is a parameter, and the first parameter does not want an object itself.
 */
function wholeArguments(
  budget: Budget,
  tool: BoundTool,
  args: readonly Value[],
  names: readonly string[],
): JsonObject | null {
  const [only] = args;
  if (args.length !== 1 || names.length > 0 || !(only instanceof Dict) || only.size === 0) return null;
  const known = new Set<Value>(tool.parameters);
  if (!only.keys().every((key) => known.has(key)) || wantsObject(tool)) return null;
  const request = toJson(budget, only, tool.scriptName);
  return isJsonObject(request) ? request : null;
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
