/** What a script asks of the host: calls, searches, descriptions, progress. All arguments and answers are JSON text. */
import { findTool, isJsonArray, isJsonObject, scriptSearch, ToolscriptError } from '../../../core/index.js';
import type {
  BoundTool,
  Failure,
  Json,
  JsonObject,
  Script,
  ScriptHost,
  ToolReply,
} from '../../../core/index.js';
import { receivedJson, sentJson, sentText } from '../script/json-text.js';
import { DATA_NAME, OWN_NAMES } from '../script/names.js';
import { HOST } from '../script/prelude.js';
import { namedCall, toolArguments } from './tool-arguments.js';
import { toolDescription, toolHit } from './tool-signature.js';

const SEARCH = 'tools_search("what the tool is to do")';

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
      [HOST.call, ([name, args, kwargs]) => this.#call(this.#named(name, 'call'), args, kwargs)],
      [HOST.callNamed, ([args, kwargs]) => this.#callNamed(args, kwargs)],
      [HOST.search, ([given]) => this.#search(given)],
      [HOST.describe, ([name]) => sentJson(toolDescription(this.#named(name, 'tools_describe')))],
      [HOST.progress, ([given]) => this.#progress(given)],
      [HOST.failure, ([text]) => this.#failure(textOf(text))],
      [HOST.pause, ([ms]) => this.#pause(ms)],
    ]);
  }

  /** Rejects with a ToolscriptError, or an {@link UnknownName}. */
  async take(name: string, args: readonly unknown[]): Promise<string> {
    const act = this.#acts.get(name);
    if (act === undefined) throw new UnknownName(name);
    const texts = args.map((arg) => (typeof arg === 'string' ? arg : 'null'));
    const { valueBytes } = this.#host.meter.limits;
    if (texts.some((text) => text.length > valueBytes)) throw this.#host.meter.exceeded('valueBytes');
    return act(texts.map((text, index) => (name === HOST.call && index === 0 ? text : receivedJson(text))));
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

  #named(name: Json | undefined, act: string): BoundTool {
    return findTool(this.#script.catalog, textOf(name), { act, search: SEARCH });
  }

  #callNamed(args: Json | undefined, kwargs: Json | undefined): Promise<string> {
    const { name, rest, named } = namedCall(listOf(args), objectOf(kwargs));
    const tool = this.#named(name, 'call_tool');
    return this.#send(tool, toolArguments(tool, rest, named));
  }

  #call(tool: BoundTool, args: Json | undefined, kwargs: Json | undefined): Promise<string> {
    return this.#send(tool, toolArguments(tool, listOf(args), objectOf(kwargs)));
  }

  async #send(tool: BoundTool, request: JsonObject): Promise<string> {
    return replyText(await this.#host.callTool(tool, request));
  }

  async #search(given: Json | undefined): Promise<string> {
    const [query, most] = listOf(given);
    const { text, limit } = scriptSearch(query, most, { act: 'tools_search' });
    const found = await this.#host.findTools(text, limit);
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

  /** Answers after so many milliseconds, or once the script is to end. */
  #pause(ms: Json | undefined): Promise<string> {
    const { clock, meter, signal } = this.#host;
    return new Promise((resolve) => {
      const endWait = meter.beginWait();
      const over = (): void => {
        cancel();
        signal.removeEventListener('abort', over);
        endWait();
        resolve('null');
      };
      const cancel = clock.after(typeof ms === 'number' ? ms : 0, over);
      signal.addEventListener('abort', over, { once: true });
    });
  }

  #failure(text: string): string {
    const error = this.told(text);
    return error === undefined ? 'null' : sentJson(toldFailure(error));
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

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}

function listOf(value: Json | undefined): readonly Json[] {
  return isJsonArray(value) ? value : [];
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
