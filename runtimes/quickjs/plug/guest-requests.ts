/** What a script asks of the host, request by request: its calls and searches, its prints and its sleeps. */
import { findTool, isJsonArray, scriptSearch, ToolscriptError } from '../../../core/index.js';
import type { BoundTool, Json, Script, ScriptHost, ToolReply } from '../../../core/index.js';
import { fromGuest, guestJson, guestText } from '../script/marked-json.js';
import type { GuestText } from '../script/marked-json.js';
import { toolArguments } from './tool-arguments.js';
import { toolDescription, toolHit } from './tool-signature.js';

const SEARCH = 'await tools.search("what the tool is to do")';
/** Sleeps at once, and milliseconds of one: a day, longer than any script lasts. */
const MOST_SLEEPS = 1_000;
const LONGEST_SLEEP_MS = 86_400_000;

/** What the guest waits for is there. */
export interface Answer {
  readonly id: number;
  readonly form: GuestText['form'] | 'error';
  readonly text: string;
  /** What came beside it, as JSON text. */
  readonly content?: string;
}

/** Who runs the script. */
export interface GuestRun {
  readonly script: Script;
  readonly host: ScriptHost;
  readonly mark: string;
  /** Something that the guest waits for is there. */
  answer(answer: Answer): void;
  /** Something happened that no script may catch. */
  stop(error: ToolscriptError): void;
}

type Request = readonly Json[];

/** The requests of one run. */
export class GuestRequests {
  /** Calls and searches under way. */
  calls = 0;
  readonly #run: GuestRun;
  readonly #sleeps = new Set<() => void>();

  constructor(run: GuestRun) {
    this.#run = run;
  }

  /** Whether anything may still come from the host. */
  get isWaiting(): boolean {
    return this.calls > 0 || this.#sleeps.size > 0;
  }

  /** Answers a request at once; what takes a while is answered later. Throws a ToolscriptError. */
  take(act: string, request: Request): Json | undefined {
    if (act === 'describe') return toolDescription(this.#named(request[0], 'tools.describe'));
    if (act === 'tool') return this.#named(request[0], 'tools').scriptName;
    if (act === 'call') this.#call(request);
    else if (act === 'search') this.#search(request);
    else if (act === 'sleep') this.#sleep(request);
    else if (act === 'print') this.#run.host.print(textOf(request[0]));
    else if (act === 'progress') this.#progress(request);
    return undefined;
  }

  /** No sleep ends any more. */
  end(): void {
    for (const wake of this.#sleeps) wake();
    this.#sleeps.clear();
  }

  #named(name: Json | undefined, act: string): BoundTool {
    return findTool(this.#run.script.catalog, textOf(name), { act, search: SEARCH });
  }

  #call([id, name, args, isByName]: Request): void {
    const { script, host, mark } = this.#run;
    const tool =
      isByName === true
        ? this.#named(name, 'call_tool')
        : (script.catalog.byScriptName(textOf(name)) ?? this.#named(name, 'call'));
    const text = textOf(args);
    if (text.length > host.meter.limits.valueBytes) {
      throw host.meter.exceeded('valueBytes', `call ${tool.scriptName}`);
    }
    const given = fromGuest(text, mark).value;
    const request = toolArguments(tool, isJsonArray(given) ? given : []);
    this.#follow(id, host.callTool(tool, request), (reply) => this.#replied(reply));
  }

  #search([id, query, most]: Request): void {
    const { text, limit } = scriptSearch(query, most, { act: 'tools.search' });
    const found = this.#run.host.findTools(text, limit);
    this.#follow(id, found, (tools: readonly BoundTool[]) => guestJson(tools.map(toolHit), this.#run.mark));
  }

  #sleep([id, ms]: Request): void {
    const { host } = this.#run;
    if (this.#sleeps.size >= MOST_SLEEPS) throw fault(`sleep: more than ${String(MOST_SLEEPS)} at once`);
    const endWait = host.meter.beginWait();
    const cancel = host.clock.after(sleepMs(ms), () => {
      this.#sleeps.delete(wake);
      endWait();
      this.#run.answer({ id: Number(id), form: 'json', text: 'null' });
    });
    const wake = (): void => {
      cancel();
      endWait();
    };
    this.#sleeps.add(wake);
  }

  #progress([done, total, message]: Request): void {
    if (typeof done !== 'number' || !Number.isFinite(done)) return;
    this.#run.host.progress(
      done,
      typeof total === 'number' ? total : undefined,
      typeof message === 'string' ? message : undefined,
    );
  }

  #replied(reply: ToolReply): Omit<Answer, 'id'> {
    const { mark } = this.#run;
    if ('text' in reply) return guestText(reply.text, mark);
    const { json, content } = reply;
    return {
      ...guestJson(json, mark),
      ...(content !== undefined && { content: guestJson(content, mark).text }),
    };
  }

  #follow<Found>(
    id: Json | undefined,
    promise: Promise<Found>,
    said: (found: Found) => Omit<Answer, 'id'>,
  ): void {
    this.calls += 1;
    promise.then(said).then(
      (answer) => {
        this.calls -= 1;
        this.#run.answer({ id: Number(id), ...answer });
      },
      (thrown: unknown) => {
        this.calls -= 1;
        this.#failed(Number(id), thrown);
      },
    );
  }

  #failed(id: number, thrown: unknown): void {
    const error = hostError(thrown);
    if (isCatchable(error)) this.#run.answer({ id, form: 'error', text: JSON.stringify(told(error)) });
    else this.#run.stop(error);
  }
}

/** Whether a script may go on after an error. */
export function isCatchable({ code }: ToolscriptError): boolean {
  return /^(?:tool|backend|script)\//.test(code);
}

/** What a script learns of an error. */
export function told(error: ToolscriptError): Json {
  const { code, message, hint, tool, retryAfterMs } = error;
  return {
    code,
    message,
    ...(hint !== undefined && { hint }),
    ...(tool !== undefined && { tool }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** What the host threw. */
export function hostError(thrown: unknown): ToolscriptError {
  if (thrown instanceof ToolscriptError) return thrown;
  return new ToolscriptError({ code: 'internal', message: 'run: the host failed' }, { cause: thrown });
}

function sleepMs(ms: Json | undefined): number {
  return typeof ms === 'number' ? Math.min(Math.max(ms, 0), LONGEST_SLEEP_MS) : 0;
}

function fault(message: string): ToolscriptError {
  return new ToolscriptError({ code: 'script/runtime', message });
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
