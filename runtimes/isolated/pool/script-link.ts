/** The parent's side of one script in a child: what the child asks for, the script's host is asked. */
import type { Failure, Json, Script, ScriptHost, ScriptResult } from '../../../core/index.js';
import { checkedJson } from '../wire/child-message.js';
import { thrownForm } from '../wire/thrown-form.js';
import { FrameError } from '../wire/frame.js';
import type { Act, ResultMessage, ScriptMessage, ToChild } from '../wire/message.js';

/** Messages of a script beyond those that its limits explain. */
const SPARE_MESSAGES = 20_000;

/** One script, from the queue to its result. */
export class ScriptLink {
  readonly script: Script;
  readonly host: ScriptHost;
  readonly act: Act;
  readonly result: Promise<ScriptResult>;
  #settle!: (result: ScriptResult) => void;
  #isOver = false;
  #messagesLeft: number;
  #endWait: (() => void) | undefined;

  constructor(script: Script, host: ScriptHost, act: Act) {
    this.act = act;
    this.script = script;
    this.host = host;
    const { toolCalls, wallTimeMs } = host.meter.limits;
    this.#messagesLeft = SPARE_MESSAGES + 4 * toolCalls + 4 * wallTimeMs;
    this.result = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** Whether it has its result: then the child may still be busy with it, but asks for nothing any more. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** Gives it its result; the first counts. */
  settle(result: ScriptResult): void {
    this.#isOver = true;
    this.#endWait?.();
    this.#endWait = undefined;
    this.#settle(result);
  }

  /** The same with a failure. */
  fail(error: Failure): void {
    this.settle({ ok: false, error });
  }

  /** The bytes that one message of it may have: a result or an argument, spelled as badly as JSON allows. */
  get messageBytes(): number {
    const { outputBytes, valueBytes, logBytes } = this.host.meter.limits;
    return 65_536 + 6 * Math.max(outputBytes, valueBytes, logBytes);
  }

  /** Does what the child asks for; throws a {@link FrameError} for what no runtime asks for. */
  take(message: ScriptMessage, send: Send): void {
    this.#messagesLeft -= 1;
    if (this.#messagesLeft < 0) throw new FrameError('a flood of messages');
    if (message.type === 'result') this.#end(message);
    else if (!this.#isOver) this.#serve(message, send);
  }

  #serve(message: Exclude<ScriptMessage, ResultMessage>, send: Send): void {
    switch (message.type) {
      case 'call':
        this.#call(message, send);
        break;
      case 'find':
        this.#find(message, send);
        break;
      case 'print':
        this.#print(message.lines);
        break;
      case 'progress':
        this.host.progress(message.done, message.total, message.message);
        break;
      case 'wait':
        this.#wait(message.waits);
        break;
    }
  }

  #call({ id, call, tool, args, usage, position }: CallMessage, send: Send): void {
    const bound = this.script.catalog.byName(tool);
    if (bound === undefined) throw new FrameError('a call of a tool that the script does not have');
    this.host.meter.report(usage);
    void answered({ id, call, send }, async () => {
      const reply = await this.host.callTool(bound, args, position);
      return { type: 'reply', id, call, reply };
    });
  }

  #find({ id, call, text, limit }: FindMessage, send: Send): void {
    void answered({ id, call, send }, async () => {
      const found = await this.host.findTools(text, limit);
      return { type: 'found', id, call, tools: found.map(({ tool }) => tool.name) };
    });
  }

  /** The child counts lines by the same limit: only one that lies prints beyond it. */
  #print(lines: readonly string[]): void {
    try {
      for (const line of lines) this.host.print(line);
    } catch {
      throw new FrameError('more printed text than allowed');
    }
  }

  #wait(waits: boolean): void {
    this.#endWait?.();
    this.#endWait = waits ? this.host.meter.beginWait() : undefined;
  }

  #end(message: ResultMessage): void {
    const { meter } = this.host;
    meter.report(message.usage);
    if (message.met !== undefined) meter.exceeded(message.met);
    if (!message.ok) this.fail(message.error);
    else if (!this.#isOver) this.settle({ ok: true, text: message.text, value: valueOf(message) });
  }
}

type CallMessage = Extract<ScriptMessage, { type: 'call' }>;
type FindMessage = Extract<ScriptMessage, { type: 'find' }>;

/** A value with bigints comes beside its text; any other is what the text says. */
function valueOf({ text, value }: Extract<ResultMessage, { ok: true }>): Json {
  const said = checkedJson(text) as Json;
  return value ?? said;
}

type Send = (message: ToChild) => void;

/** Asks, and sends the answer or why there is none. */
async function answered(
  { id, call, send }: { readonly id: number; readonly call: number; readonly send: Send },
  ask: () => Promise<ToChild>,
): Promise<void> {
  try {
    send(await ask());
  } catch (thrown) {
    send({ type: 'refused', id, call, error: thrownForm(thrown) });
  }
}
