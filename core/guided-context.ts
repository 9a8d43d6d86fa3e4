/**
 * The context of the servers, and code mode's own: a prompt that asks for a script, and for each language a
 * resource that says how it is written. Only for callers who may run scripts.
 *
 * Whatever the servers have keeps its name: where one of theirs is called as ours, ours takes another.
 */
import type { Caller } from './caller.js';
import type { Clock } from './clock.js';
import { SCRIPT_TOOL_NAME } from './code-mode.js';
import type { ContextKind, ContextRequest, ContextSource } from './context-source.js';
import { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import { inject, injectable, TOKENS } from './injection.js';
import { isJsonObject } from './json.js';
import type { JsonObject } from './json.js';
import { languageOf } from './languages.js';
import type { Languages } from './languages.js';
import type { PolicyGate } from './policy-gate.js';
import { SCRIPT_ADVICE, scriptExamples, scriptGuide } from './script-guide.js';
import type { ScriptRuntime } from './script-runtime.js';
import type { ScriptTool } from './script-tool.js';
import type { ToolDefinition, ToolDispatcher } from './tool-dispatcher.js';
import { unknownContext } from './unknown-context.js';

/** The name of the prompt, unless a server has one of this name. */
const GUIDE_PROMPT_NAME = 'write_tool_script';
/** What the resources begin with; the language follows. */
const GUIDE_URI = 'toolscript://guide/';

/** UTF-16 units of what the script is to do. */
const LONGEST_TASK = 10_000;
/** Lists kept for one list of the servers: one for each set of languages that callers have. */
const MAX_KEPT = 100;

/** What a caller may do with scripts. */
interface Offer {
  readonly tool: ToolDefinition;
  /** The default first. */
  readonly runtimes: readonly ScriptRuntime[];
}

/** Stands before the context of a dispatcher. */
@injectable()
export class GuidedContext implements ContextSource {
  readonly #source: ContextSource;
  readonly #scriptTool: ScriptTool;
  readonly #languages: Languages;
  readonly #policy: PolicyGate;
  readonly #clock: Clock;
  readonly #lists = new WeakMap<readonly JsonObject[], Map<string, readonly JsonObject[]>>();

  constructor(
    @inject(TOKENS.dispatcher) dispatcher: ToolDispatcher,
    @inject(TOKENS.scriptTool) scriptTool: ScriptTool,
    @inject(TOKENS.languages) languages: Languages,
    @inject(TOKENS.policyGate) policy: PolicyGate,
    @inject(TOKENS.clock) clock: Clock,
  ) {
    this.#source = dispatcher.context ?? NO_CONTEXT;
    this.#scriptTool = scriptTool;
    this.#languages = languages;
    this.#policy = policy;
    this.#clock = clock;
  }

  async list(kind: ContextKind, caller: Caller): Promise<readonly JsonObject[]> {
    const listed = await this.#source.list(kind, caller);
    if (kind === 'resourceTemplates' || !Array.isArray(listed)) return listed;
    const offer = await this.#offer(caller);
    return offer === undefined ? listed : this.#joined(kind, listed, offer.runtimes);
  }

  async request(request: ContextRequest): Promise<JsonObject> {
    return (await this.#own(request)) ?? this.#source.request(request);
  }

  subscribe(uri: string, listener: () => void): () => void {
    return this.#source.subscribe?.(uri, listener) ?? (() => undefined);
  }

  /** The very same array for the same list of the servers and the same languages. */
  #joined(
    kind: 'resources' | 'prompts',
    listed: readonly JsonObject[],
    runtimes: readonly ScriptRuntime[],
  ): readonly JsonObject[] {
    const kept = this.#lists.get(listed) ?? new Map<string, readonly JsonObject[]>();
    this.#lists.set(listed, kept);
    const key = JSON.stringify([kind, runtimes.map(languageOf)]);
    const joined = kept.get(key) ?? [...listed, ...entries(kind, listed, runtimes)];
    if (kept.size < MAX_KEPT) kept.set(key, joined);
    return joined;
  }

  /** The answer to what is about something of ours. */
  async #own({ method, params, caller }: ContextRequest): Promise<JsonObject | undefined> {
    const name = method === 'resources/read' ? params['uri'] : promptName(method, params);
    const begin = method === 'resources/read' ? GUIDE_URI : GUIDE_PROMPT_NAME;
    if (typeof name !== 'string' || !name.startsWith(begin)) return undefined;
    const kind = method === 'resources/read' ? 'resources' : 'prompts';
    const [listed, offer] = await Promise.all([this.#source.list(kind, caller), this.#offer(caller)]);
    if (offer === undefined) return undefined;
    if (kind === 'resources') return guideOf(name, uris(listed, offer.runtimes));
    if (name !== freeName(GUIDE_PROMPT_NAME, namesOf(listed, 'name'))) return undefined;
    return method === 'prompts/get' ? promptResult(params, offer) : NO_COMPLETION;
  }

  /** Nothing for who may not run scripts, also where that cannot be told at the moment. */
  async #offer(caller: Caller): Promise<Offer | undefined> {
    const ending = new Ending(this.#clock);
    try {
      const tool = await this.#scriptTool.definition(caller, ending);
      if (tool === undefined) return undefined;
      const names = await this.#policy.languagesFor(caller, this.#languages.names);
      return { tool, runtimes: this.#languages.of(names) };
    } catch {
      return undefined;
    } finally {
      ending.dispose();
    }
  }
}

const NONE: readonly JsonObject[] = [];

/** Of a dispatcher that has no context. */
const NO_CONTEXT: ContextSource = {
  list: () => NONE,
  request: ({ method, params }) => Promise.reject(unknownContext(method, params)),
};

const NO_COMPLETION: JsonObject = { completion: { values: [], total: 0, hasMore: false } };

function entries(
  kind: 'resources' | 'prompts',
  listed: readonly JsonObject[],
  runtimes: readonly ScriptRuntime[],
): JsonObject[] {
  if (kind === 'prompts') return [promptEntry(freeName(GUIDE_PROMPT_NAME, namesOf(listed, 'name')))];
  return [...uris(listed, runtimes)].map(([uri, runtime]) => ({
    uri,
    name: `script-guide-${languageOf(runtime)}`,
    title: `How to write scripts in ${languageOf(runtime)}`,
    description: `What a model must know to write scripts for ${SCRIPT_TOOL_NAME} in ${languageOf(runtime)}.`,
    mimeType: 'text/markdown',
  }));
}

function promptEntry(name: string): JsonObject {
  return {
    name,
    title: 'Write a script over the tools',
    description: `Asks for one script for ${SCRIPT_TOOL_NAME}: how it is written, which tools it may call, and what it is to do.`,
    arguments: [{ name: 'task', description: 'What the script is to do.', required: false }],
  };
}

/** The resource of each language. */
function uris(
  listed: readonly JsonObject[],
  runtimes: readonly ScriptRuntime[],
): ReadonlyMap<string, ScriptRuntime> {
  const taken = namesOf(listed, 'uri');
  return new Map(
    runtimes.map((runtime) => [
      freeName(GUIDE_URI + encodeURIComponent(languageOf(runtime)), taken),
      runtime,
    ]),
  );
}

function guideOf(uri: string, guides: ReadonlyMap<string, ScriptRuntime>): JsonObject | undefined {
  const runtime = guides.get(uri);
  if (runtime === undefined) return undefined;
  return { contents: [{ uri, mimeType: 'text/markdown', text: scriptGuide(runtime) }] };
}

function promptName(method: ContextRequest['method'], params: JsonObject): unknown {
  if (method === 'prompts/get') return params['name'];
  const { ref } = params;
  return isJsonObject(ref) && ref['type'] === 'ref/prompt' ? ref['name'] : undefined;
}

function promptResult(params: JsonObject, { tool, runtimes }: Offer): JsonObject {
  const task = taskOf(params);
  const asked = task === undefined ? 'for the task at hand' : 'for this task';
  const text = [
    `Write one script for the tool ${SCRIPT_TOOL_NAME} ${asked}, call the tool with it, and go on from what it answers.`,
    ...(task === undefined ? [] : [task]),
    `How to work:\n${SCRIPT_ADVICE}`,
    `What the tool says of itself:\n\n${tool.description ?? ''}`,
    ...runtimes.flatMap(scriptExamples),
  ].join('\n\n');
  return {
    description: `How to write a script for ${SCRIPT_TOOL_NAME}.`,
    messages: [{ role: 'user', content: { type: 'text', text } }],
  };
}

/** Nothing for a text that is empty. */
function taskOf({ arguments: args }: JsonObject): string | undefined {
  const task = isJsonObject(args) && Object.hasOwn(args, 'task') ? args['task'] : undefined;
  if (task === undefined) return undefined;
  if (typeof task !== 'string' || task.length > LONGEST_TASK) throw badTask();
  return task.trim() === '' ? undefined : task;
}

function badTask(): ToolscriptError {
  const message = `prompts/get: "task" must be a text of at most ${String(LONGEST_TASK)} characters`;
  return new ToolscriptError({ code: 'context/failed', message }, { rpc: { code: -32_602, message } });
}

function namesOf(listed: readonly JsonObject[], key: 'name' | 'uri'): ReadonlySet<unknown> {
  return new Set(listed.map((item) => item[key]));
}

/** The name, or the first with a number behind it that nobody has. */
function freeName(name: string, taken: ReadonlySet<unknown>): string {
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}_${String(number)}`;
  return free;
}
