/**
 * Reads the arguments of `call_tool`, in every shape that models give them.
 *
 * The name comes first, since the tool's parameters decide what else is meant. It stands in `tool_name`;
 * else in `tool_name` within `parameters`; else in `name`, as scripts write it. The tool's arguments are
 * `parameters`, also as JSON text; without it, what stands beside the name. Where a shape could mean two
 * things the tool's own parameter names say which; where they do not, it is refused.
 */
import { isJsonObject, type JsonObject, type ToolDefinition } from '../../core/index.js';
import { keysText } from './meta-result.js';

/** A call whose tool is known by name. */
export interface NamedCall {
  readonly name: string;
  /** What stands in `parameters`; undefined when nothing does. */
  readonly parameters: JsonObject | undefined;
  /** What stands beside name and parameters. */
  readonly beside: JsonObject;
  /** Whether the name stood within the parameters, where it still is. */
  readonly isNested: boolean;
}

/** Why a call cannot be read. */
export class CallFault {
  readonly text: string;

  constructor(what: string, args: JsonObject) {
    this.text = `invalid arguments: ${what}: want {"tool_name": "name", "parameters": {"its argument": value}}, ${keysText(args)}`;
  }
}

/** Finds the name. */
export function readName(args: JsonObject): NamedCall | CallFault {
  const { tool_name: toolName, parameters: given, ...beside } = args;
  if (toolName !== undefined && toolName !== null && typeof toolName !== 'string')
    return new CallFault('tool_name must be a text', args);
  const parameters = readParameters(given);
  if (parameters === null) return new CallFault('parameters must be an object', args);
  if (isName(toolName)) return { name: toolName, parameters, beside, isNested: false };
  const nested = parameters?.['tool_name'];
  if (isName(nested)) return { name: nested, parameters, beside, isNested: true };
  const { name, ...others } = beside;
  if (isName(name)) return { name, parameters, beside: others, isNested: false };
  return new CallFault('tool_name is required', parameters === undefined ? args : { ...args, ...parameters });
}

/** Finds the arguments for the tool. */
export function readArguments(call: NamedCall, tool: Parameters, args: JsonObject): JsonObject | CallFault {
  const { beside } = call;
  if (call.parameters === undefined) return withoutCover(beside, 'arguments', tool, tool.areKnown);
  const isSure = call.isNested || tool.areKnown;
  const parameters = withoutCover(withoutName(call, tool), 'parameters', tool, isSure);
  if (tool.takes('parameters') && isWholly(beside, tool)) return { ...beside, parameters: call.parameters };
  const stray = Object.keys(beside).find((key) => !tool.takes(key) || Object.hasOwn(parameters, key));
  if (stray === undefined) return { ...parameters, ...beside };
  return new CallFault(`${JSON.stringify(stray.slice(0, 60))} stands beside parameters`, args);
}

/** The names of a tool's parameters, as far as its schema tells. */
export class Parameters {
  readonly #properties: JsonObject;

  constructor({ inputSchema }: Pick<ToolDefinition, 'inputSchema'>) {
    const properties = isJsonObject(inputSchema) ? inputSchema['properties'] : undefined;
    this.#properties = isJsonObject(properties) ? properties : {};
  }

  takes(name: string): boolean {
    return Object.hasOwn(this.#properties, name);
  }

  get areKnown(): boolean {
    return Object.keys(this.#properties).length > 0;
  }
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Nothing, an empty text or null is no parameters; a text is read as JSON. `null` is what cannot be read. */
function readParameters(given: unknown): JsonObject | undefined | null {
  if (given === undefined || given === null) return undefined;
  if (typeof given !== 'string') return isJsonObject(given) ? given : null;
  if (given.trim() === '') return undefined;
  try {
    const read: unknown = JSON.parse(given);
    return isJsonObject(read) ? read : null;
  } catch {
    return null;
  }
}

/** A name that was taken from the parameters is no argument, unless the tool has a parameter of that name. */
function withoutName({ parameters = {}, isNested }: NamedCall, tool: Parameters): JsonObject {
  if (!isNested || tool.takes('tool_name')) return parameters;
  return Object.fromEntries(Object.entries(parameters).filter(([key]) => key !== 'tool_name'));
}

/** What stands in one key alone that is no parameter of the tool's was given one level too deep, where that is sure. */
function withoutCover(args: JsonObject, cover: string, tool: Parameters, isSure: boolean): JsonObject {
  const [key, ...others] = Object.keys(args);
  const inner = args[cover];
  const isCovered = key === cover && others.length === 0 && isJsonObject(inner);
  return isSure && isCovered && !tool.takes(cover) ? inner : args;
}

function isWholly(beside: JsonObject, tool: Parameters): boolean {
  const keys = Object.keys(beside);
  return keys.length > 0 && keys.every((key) => tool.takes(key));
}
