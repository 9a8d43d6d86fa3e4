/**
 * The tools of the caller, as a script finds them: a function each, `call_tool`, and `tools`.
 *
 * With `runtime.ts` this is all of the engine that knows what a tool is.
 */
import { ToolscriptError, isJsonObject, setKey } from '../../core/index.js';
import type { BoundTool, Json, JsonObject, ScriptHost, ToolCatalog, ToolReply } from '../../core/index.js';
import { StarlarkError, runtimeError } from './error.js';
import { toolSignature } from './tool-signature.js';
import { Builtin, Dict, List, Module, decodeJson, fromJson, toJson, typeName } from './values/index.js';
import type { Budget, Pending, Thread, Value } from './values/index.js';

/** How many tools `tools.search` answers at the most. */
const SEARCH_LIMIT = 10;

/** The names that this file adds to a script, besides the tools' own. */
export const TOOL_BUILTIN_NAMES: readonly string[] = ['call_tool', 'tools', 'progress'];

/** The tools of one run as values, each made when the script first names it. */
export class ToolBuiltins {
  private readonly made = new Map<string, Value>();

  constructor(
    private readonly catalog: ToolCatalog,
    private readonly host: ScriptHost,
  ) {}

  /** Whether a script may use this name for a tool, or for one of the builtins about tools. */
  has(name: string): boolean {
    return TOOL_BUILTIN_NAMES.includes(name) || this.catalog.byScriptName(name) !== undefined;
  }

  /** All names that {@link has} answers yes to. */
  *names(): Iterable<string> {
    yield* TOOL_BUILTIN_NAMES;
    for (const tool of this.catalog.bound) yield tool.scriptName;
  }

  /** The value of a name; always the same one. */
  get(name: string): Value | undefined {
    const known = this.made.get(name);
    if (known !== undefined) return known;
    const value = this.make(name);
    if (value !== undefined) this.made.set(name, value);
    return value;
  }

  private make(name: string): Value | undefined {
    switch (name) {
      case 'call_tool':
        return new Builtin('call_tool', (thread, args, names) => this.callByName(thread, args, names), true);
      case 'tools':
        return new Module('tools', this.namespace());
      case 'progress':
        return new Builtin('progress', (_thread, args, names) => this.progress(args, names));
      default:
        return this.toolFunction(this.catalog.byScriptName(name));
    }
  }

  private toolFunction(tool: BoundTool | undefined): Value | undefined {
    if (tool === undefined) return undefined;
    return new Builtin(tool.scriptName, (thread, args, names) => this.call(thread, tool, args, names), true);
  }

  /** `call_tool("real name", …)`: real names first, script names too. */
  private callByName(thread: Thread, args: Value[], names: readonly string[]): Pending {
    const name = args.length > names.length ? args[0] : undefined;
    if (typeof name !== 'string') {
      const met = name === undefined ? 'nothing' : typeName(name);
      throw runtimeError(
        `call_tool: got ${met} for the tool's name, want a string first`,
        'call_tool("real-name", key=value)',
      );
    }
    const tool = this.find(name);
    if (tool === undefined) throw this.unknownTool('call_tool', name);
    return this.call(thread, tool, args.slice(1), names);
  }

  private find(name: string): BoundTool | undefined {
    return this.catalog.byName(name) ?? this.catalog.byScriptName(name);
  }

  private unknownTool(act: string, name: string): StarlarkError {
    const nearest = this.catalog.nearest(name);
    const shown = name.length > 100 ? `${name.slice(0, 100)}…` : name;
    return new StarlarkError('tool/unknown', `${act}: no tool named ${JSON.stringify(shown)}`, {
      tool: shown,
      hint:
        nearest === undefined
          ? 'tools.search("words") finds tools'
          : `did you mean ${JSON.stringify(nearest.tool.name)}?`,
    });
  }

  private call(thread: Thread, tool: BoundTool, args: readonly Value[], names: readonly string[]): Pending {
    const request = toolArguments(thread.budget, tool, args, names);
    const answer = this.host.callTool(tool, request).then(
      (reply) => replyValue(thread.budget, reply),
      (error: unknown) => {
        throw engineError(error);
      },
    );
    return thread.wait(answer);
  }

  private progress(args: readonly Value[], names: readonly string[]): null {
    const given = new Map(names.map((name, index) => [name, args[args.length - names.length + index]]));
    const positional = args.slice(0, args.length - names.length);
    const at = (index: number, name: string): Value => positional[index] ?? given.get(name) ?? null;
    const [done, total, message] = [at(0, 'done'), at(1, 'total'), at(2, 'message')];
    if (typeof done !== 'number') throw runtimeError(`progress: got ${typeName(done)} for done, want int`);
    this.host.progress(
      done,
      typeof total === 'number' ? total : undefined,
      typeof message === 'string' ? message : undefined,
    );
    return null;
  }

  /** `tools.search`, `tools.describe`, and every tool under its script name. */
  private namespace(): Map<string, Value> {
    const members = new Map<string, Value>();
    for (const tool of this.catalog.bound) members.set(tool.scriptName, this.get(tool.scriptName)!);
    members.set('search', new Builtin('tools.search', (thread, args) => this.search(thread, args)));
    members.set('describe', new Builtin('tools.describe', (thread, args) => this.describe(thread, args)));
    return members;
  }

  /** The tools whose names and descriptions hold the most of the words, the best first. */
  private search(thread: Thread, args: readonly Value[]): Value {
    const words = wordsOf(oneString('tools.search', args));
    thread.budget.step(this.catalog.bound.length * (1 + words.length));
    const hits = this.catalog.bound
      .map((tool) => ({ tool, score: score(tool, words) }))
      .filter(({ score }) => score > 0)
      .sort((a, b) => b.score - a.score)
      .slice(0, SEARCH_LIMIT);
    return new List(hits.map(({ tool }) => description(thread.budget, tool)));
  }

  private describe(thread: Thread, args: readonly Value[]): Value {
    const name = oneString('tools.describe', args);
    const tool = this.find(name);
    if (tool === undefined) throw this.unknownTool('tools.describe', name);
    const answer = description(thread.budget, tool);
    answer.set(thread.budget, 'input_schema', fromJson(thread.budget, tool.tool.inputSchema));
    return answer;
  }
}

function oneString(act: string, args: readonly Value[]): string {
  const [value] = args;
  if (args.length === 1 && typeof value === 'string') return value;
  const met = args.length === 1 ? typeName(value!) : `${args.length} arguments`;
  throw runtimeError(`${act}: got ${met}, want one string`);
}

function description(budget: Budget, tool: BoundTool): Dict {
  const answer = new Dict();
  answer.set(budget, 'name', tool.tool.name);
  answer.set(budget, 'signature', toolSignature(tool));
  answer.set(budget, 'description', tool.tool.description ?? '');
  return answer;
}

function wordsOf(text: string): string[] {
  return text
    .slice(0, 1000)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);
}

/** Two for a word in the name, one for a word in the description. */
function score(tool: BoundTool, words: readonly string[]): number {
  const name = tool.tool.name.toLowerCase();
  const text = (tool.tool.description ?? '').toLowerCase();
  return words.reduce((sum, word) => sum + (name.includes(word) ? 2 : 0) + (text.includes(word) ? 1 : 0), 0);
}

/** The arguments of a call as JSON: the positional ones by the order of the tool's parameters. */
function toolArguments(
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

/** A tool's answer as a value: text that is JSON stands for that JSON. */
function replyValue(budget: Budget, reply: ToolReply): Value {
  if ('json' in reply) return fromJson(budget, reply.json);
  return mayBeJson(reply.text) ? decodeOrText(budget, reply.text) : charged(budget, reply.text);
}

/** By its first sign: so that prose is not scanned in vain. */
function mayBeJson(text: string): boolean {
  return /^\s*(?:[[{"\d-]|true|false|null)/.test(text.slice(0, 64));
}

function decodeOrText(budget: Budget, text: string): Value {
  try {
    return decodeJson(budget, text);
  } catch (error) {
    if (error instanceof StarlarkError && error.code === 'script/runtime') return charged(budget, text);
    throw error;
  }
}

function charged(budget: Budget, text: string): string {
  budget.allocate(2 * text.length);
  return text;
}

/** An error of the host as one of the engine. */
export function engineError(error: unknown): StarlarkError {
  if (error instanceof StarlarkError) return error;
  if (!(error instanceof ToolscriptError))
    return new StarlarkError('internal', 'call a tool: the host failed');
  return new StarlarkError(error.code, error.message, {
    ...(error.hint !== undefined && { hint: error.hint }),
    ...(error.tool !== undefined && { tool: error.tool }),
  });
}
