/** One script in the child, and the host that its runtime sees: what it asks for, the parent is asked. */
import { failureOf, systemClock } from '../../../core/index.js';
import type {
  BoundTool,
  Failure,
  JsonObject,
  Position,
  Script,
  ScriptHost,
  ScriptResult,
  ScriptRuntime,
  ToolCatalog,
  ToolReply,
  ToolscriptError,
} from '../../../core/index.js';
import type { Act, ResultMessage, RunMessage, ToParent } from '../wire/message.js';
import { thrownForm } from '../wire/thrown-form.js';
import { OpenQuestions } from './open-questions.js';
import { PrintedLines } from './printed-lines.js';
import { ProgressPace } from './progress-pace.js';
import { TellingMeter } from './telling-meter.js';

/** A script from its message to its result. */
export class HostedScript implements ScriptHost {
  readonly clock = systemClock;
  readonly meter: TellingMeter;
  readonly #id: number;
  readonly #act: Act;
  readonly #script: Script;
  readonly #send: (message: ToParent) => void;
  readonly #ending = new AbortController();
  readonly #calls = new OpenQuestions<ToolReply>();
  readonly #searches = new OpenQuestions<readonly BoundTool[]>();
  readonly #lines: PrintedLines;
  readonly #pace = new ProgressPace(systemClock);
  #asked = 0;

  constructor(
    { id, act, source, data, limits, elapsedMs }: RunMessage,
    catalog: ToolCatalog,
    send: (message: ToParent) => void,
  ) {
    this.#id = id;
    this.#act = act;
    this.#script = { source, data, catalog };
    this.#lines = new PrintedLines((lines) => send({ type: 'print', id, lines }));
    this.#send = (message) => {
      this.#lines.flush();
      send(message);
    };
    this.meter = new TellingMeter(limits, elapsedMs, (waits) => this.#send({ type: 'wait', id, waits }));
  }

  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** Runs or checks it, and sends its result. */
  async run(runtime: ScriptRuntime): Promise<void> {
    const result = await this.#resultOf(runtime);
    const { counted: usage, met } = this.meter;
    const told = { usage, ...(met !== undefined && { met }) };
    this.#send({ type: 'result', id: this.#id, ...told, ...result });
  }

  callTool(tool: BoundTool, args: JsonObject, position?: Position): Promise<ToolReply> {
    const call = (this.#asked += 1);
    const told = { usage: this.meter.counted, ...(position !== undefined && { position }) };
    return this.#ask(this.#calls, call, () => {
      this.#send({ type: 'call', id: this.#id, call, tool: tool.tool.name, args, ...told });
    });
  }

  findTools(text: string, limit: number): Promise<readonly BoundTool[]> {
    const call = (this.#asked += 1);
    return this.#ask(this.#searches, call, () => {
      this.#send({ type: 'find', id: this.#id, call, text, limit });
    });
  }

  print(line: string): void {
    this.meter.countLog(line);
    this.#lines.add(line);
  }

  progress(done: number, total?: number, message?: string): void {
    if (!Number.isFinite(done) || !this.#pace.allows()) return;
    const more = { ...(total !== undefined && { total }), ...(message !== undefined && { message }) };
    this.#send({ type: 'progress', id: this.#id, done, ...more });
  }

  /** The answer to a call. */
  answer(call: number, reply: ToolReply): void {
    this.#calls.answer(call, reply);
  }

  /** The answer to a search. */
  find(call: number, names: readonly string[]): void {
    const { catalog } = this.#script;
    this.#searches.answer(
      call,
      names.flatMap((name) => catalog.byName(name) ?? []),
    );
  }

  /** The call, or the search, failed. */
  refuse(call: number, error: ToolscriptError): void {
    this.#calls.refuse(call, error);
    this.#searches.refuse(call, error);
  }

  /** The script must end. */
  end(reason: ToolscriptError): void {
    this.#ending.abort(reason);
  }

  #ask<Answer>(questions: OpenQuestions<Answer>, call: number, send: () => void): Promise<Answer> {
    if (this.signal.aborted) return Promise.reject(this.signal.reason as ToolscriptError);
    const answer = questions.open(call);
    try {
      send();
    } catch {
      questions.refuse(call, this.meter.exceeded('valueBytes', 'send what a call is given'));
    }
    return answer;
  }

  async #resultOf(runtime: ScriptRuntime): Promise<SentResult> {
    try {
      if (this.#act === 'check') return sentCheck(await runtime.check?.(this.#script, this));
      return sentResult(await runtime.run(this.#script, this), this.meter);
    } catch (thrown) {
      return { ok: false, error: thrownForm(thrown) };
    }
  }
}

type SentResult = { ok: true; text: string; value?: ResultValue } | { ok: false; error: Failure };
type ResultValue = NonNullable<Extract<ResultMessage, { ok: true }>['value']>;

function sentCheck(failure: Failure | undefined): SentResult {
  return failure === undefined ? { ok: true, text: 'null' } : { ok: false, error: failureOf(failure) };
}

/** A result that is too large ends here, and does not cross. */
function sentResult(result: ScriptResult, meter: TellingMeter): SentResult {
  if (!result.ok) return { ok: false, error: failureOf(result.error) };
  meter.countOutput(result.text);
  const { text, value } = result;
  return { ok: true, text, ...(hasBigints(value) && { value: value as ResultValue }) };
}

function hasBigints(value: unknown): boolean {
  if (typeof value === 'bigint') return true;
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some(hasBigints);
}
