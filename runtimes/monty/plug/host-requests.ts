/** What a script asks of the host: calls, searches, descriptions, progress. All arguments and answers are JSON text. */
import { isJsonArray, isJsonObject, LONGEST_QUERY, ToolscriptError } from '../../../core/index.js';
import type {
  BoundTool,
  Failure,
  Json,
  JsonObject,
  Script,
  ScriptHost,
  ToolReply,
} from '../../../core/index.js';
import { failureOf } from '../script/guest-failure.js';
import { receivedJson, sentJson, sentText } from '../script/json-text.js';
import { DATA_NAME, OWN_NAMES } from '../script/names.js';
import { HOST } from '../script/prelude.js';
import { namedCall, toolArguments } from './tool-arguments.js';
import { findTool, toolDescription, toolHit } from './tool-text.js';

/** How many tools a search answers for whom says nothing, and at the most. */
const USUAL_LIMIT = 10;
const HIGHEST_LIMIT = 50;

type Act = (args: readonly Json[]) => Promise<string> | string;

/** The requests of one run. */
export class HostRequests {
  readonly #script: Script;
  readonly #host: ScriptHost;
  /** What the script was told, by the text of the exception. */
  readonly #told = new Map<string, ToolscriptError>();
  readonly #acts: ReadonlyMap<string, Act>;

  constructor(script: Script, host: ScriptHost) {
    this.#script = script;
    this.#host = host;
    this.#acts = new Map<string, Act>([
      [
        HOST.call,
        ([name, args, kwargs]) => this.#call(findTool(script.catalog, textOf(name), 'call'), args, kwargs),
      ],
      [HOST.callNamed, ([args, kwargs]) => this.#callNamed(args, kwargs)],
      [HOST.search, ([given]) => this.#search(given)],
      [
        HOST.describe,
        ([name]) => sentJson(toolDescription(findTool(script.catalog, textOf(name), 'tools_describe'))),
      ],
      [HOST.progress, ([given]) => this.#progress(given)],
      [HOST.failure, ([text]) => this.#failure(textOf(text))],
    ]);
  }

  /** Rejects with a ToolscriptError, or an {@link UnknownName}. */
  async take(name: string, args: readonly unknown[]): Promise<string> {
    const act = this.#acts.get(name);
    if (act === undefined) throw new UnknownName(name);
    const texts = args.map((arg) => (typeof arg === 'string' ? arg : 'null'));
    const { valueBytes } = this.#host.meter.limits;
    if (texts.some((text) => text.length > valueBytes)) throw this.#host.meter.exceeded('valueBytes');
    const isPlain = name === HOST.failure;
    return act(
      texts.map((text, index) =>
        isPlain || (name === HOST.call && index === 0) ? text : receivedJson(text),
      ),
    );
  }

  /** What to raise in the script for what the host threw; throws it again when no script may catch it. */
  raised(thrown: unknown): { readonly type: string; readonly message: string } {
    if (thrown instanceof UnknownName) return { type: 'NameError', message: thrown.message };
    if (!(thrown instanceof ToolscriptError) || !isCatchable(thrown)) throw thrown;
    const message = `${thrown.code}: ${thrown.message}`;
    this.#told.set(message, thrown);
    return { type: 'RuntimeError', message };
  }

  /** The host's error behind the text of an exception. */
  told(message: string): ToolscriptError | undefined {
    return this.#told.get(message);
  }

  /** The names that a script could have meant. */
  names(): readonly string[] {
    const { catalog, data } = this.#script;
    return [
      ...OWN_NAMES,
      DATA_NAME,
      ...Object.keys(data),
      ...catalog.bound.map(({ scriptName }) => scriptName),
    ];
  }

  #callNamed(args: Json | undefined, kwargs: Json | undefined): Promise<string> {
    const { name, rest, named } = namedCall(listOf(args), objectOf(kwargs));
    const tool = findTool(this.#script.catalog, textOf(name), 'call_tool');
    return this.#send(tool, toolArguments(tool, rest, named));
  }

  #call(tool: BoundTool, args: Json | undefined, kwargs: Json | undefined): Promise<string> {
    return this.#send(tool, toolArguments(tool, listOf(args), objectOf(kwargs)));
  }

  async #send(tool: BoundTool, request: JsonObject): Promise<string> {
    return replyText(await this.#host.callTool(tool, request));
  }

  async #search(given: Json | undefined): Promise<string> {
    const [query, limit] = listOf(given);
    const words = typeof query === 'string' ? query.trim() : '';
    if (words === '') throw misuse('tools_search: got no words, want what the tool is to do');
    const most = typeof limit === 'number' ? limit : USUAL_LIMIT;
    if (most < 1) throw misuse(`tools_search: got less than 1 for limit, want 1 to ${String(HIGHEST_LIMIT)}`);
    const found = await this.#host.findTools(
      words.slice(0, LONGEST_QUERY),
      Math.min(Math.floor(most), HIGHEST_LIMIT),
    );
    return sentJson(found.map(toolHit));
  }

  #progress(given: Json | undefined): string {
    const [done, total, message] = listOf(given);
    if (typeof done === 'number') {
      this.#host.progress(
        done,
        typeof total === 'number' ? total : undefined,
        typeof message === 'string' ? message : undefined,
      );
    }
    return 'null';
  }

  #failure(text: string): string {
    const error = this.told(text);
    return error === undefined ? 'null' : sentJson(toldFailure(failureOf(error)));
  }
}

/** A name that is called and that nobody gave a value. */
class UnknownName extends Error {
  constructor(name: string) {
    super(`name '${name}' is not defined`);
  }
}

/** Limits, cancellation and faults of ours are not the script's to catch. */
function isCatchable({ code }: ToolscriptError): boolean {
  return /^(?:tool|backend|script|context)\//.test(code);
}

function replyText(reply: ToolReply): string {
  return 'json' in reply ? sentJson(reply.json) : sentText(reply.text);
}

function toldFailure({ code, message, hint, tool }: Failure): JsonObject {
  return { code, message, hint: hint ?? null, tool: tool ?? null };
}

function misuse(message: string): ToolscriptError {
  return new ToolscriptError({ code: 'script/runtime', message });
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: Json | undefined): readonly Json[] {
  return isJsonArray(value) ? value : [];
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
