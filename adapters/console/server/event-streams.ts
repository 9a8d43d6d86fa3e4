/**
 * The event streams of the page. What changed is told soon, not at once: a run of a thousand calls in a second is
 * told ten times or so. A client that reads slowly is told less often, and always how things stand by then.
 */
import type { ServerResponse } from 'node:http';

import type { Clock } from '../../../core/index.js';
import type { ConsoleMessage, ConsoleState, RunRecord } from '../api.js';
import type { RunRecorder } from '../record/index.js';
import { RouteFault } from './fault.js';
import { HEADERS } from './reply.js';

/** Streams at once. */
const MOST_STREAMS = 16;
/** Between two tellings; a long run adds one millisecond for each of its calls. */
const PAUSE_MS = 100;
const KEEP_ALIVE_MS = 15_000;

/** What it takes to tell. */
export interface StreamsOptions {
  readonly recorder: RunRecorder;
  readonly state: () => Promise<ConsoleState>;
  readonly clock: Clock;
}

/** All streams of one console. */
export class EventStreams {
  readonly #options: StreamsOptions;
  readonly #streams = new Set<EventStream>();
  readonly #stop: () => void;

  constructor(options: StreamsOptions) {
    this.#options = options;
    this.#stop = options.recorder.onChange((change) => {
      for (const stream of this.#streams) stream.take(change);
    });
  }

  /** Answers a request with a stream, for as long as the client stays. */
  open(response: ServerResponse): void {
    if (this.#streams.size >= MOST_STREAMS) {
      throw new RouteFault(429, 'limit/refused', `console: more than ${String(MOST_STREAMS)} pages at once`);
    }
    const stream = new EventStream(response, this.#options);
    this.#streams.add(stream);
    response.on('close', () => {
      this.#streams.delete(stream);
      stream.close();
    });
  }

  /** Servers or tools are others than before. */
  stateChanged(): void {
    for (const stream of this.#streams) stream.take({ state: true });
  }

  close(): void {
    this.#stop();
    for (const stream of this.#streams) stream.end();
  }
}

type Change = { readonly run: string } | { readonly usage: true } | { readonly state: true };

/** One client's. */
class EventStream {
  readonly #response: ServerResponse;
  readonly #options: StreamsOptions;
  /** What changed since it was told. */
  readonly #runs = new Set<string>();
  #hasUsage = false;
  #hasState = false;
  /** Runs whose script was told. */
  readonly #scriptTold = new Set<string>();
  #isWaiting = false;
  #cancelTimer = (): void => undefined;
  #cancelKeepAlive = (): void => undefined;

  constructor(response: ServerResponse, options: StreamsOptions) {
    this.#response = response;
    this.#options = options;
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/event-stream; charset=utf-8' });
    response.write(': begin\n\n');
    this.#keepAlive();
  }

  take(change: Change): void {
    if ('run' in change) this.#runs.add(change.run);
    else if ('usage' in change) this.#hasUsage = true;
    else this.#hasState = true;
    if (!this.#isWaiting) this.#wait(0);
  }

  close(): void {
    this.#isWaiting = true;
    this.#cancelTimer();
    this.#cancelKeepAlive();
  }

  end(): void {
    this.#response.end();
  }

  #wait(delayMs: number): void {
    this.#isWaiting = true;
    this.#cancelTimer = this.#options.clock.after(delayMs, () => void this.#tell());
  }

  async #tell(): Promise<void> {
    let calls = 0;
    let isFull = false;
    for (const message of await this.#messages()) {
      if (message.type === 'run') calls += message.run.calls.length;
      isFull = !this.#write(`data: ${JSON.stringify(message)}\n\n`);
    }
    if (isFull) this.#response.once('drain', () => this.#goOn(calls));
    else this.#goOn(calls);
  }

  /** Waits a while, also when there is nothing to tell: then whatever comes is told at once again. */
  #goOn(calls: number): void {
    if (this.#response.destroyed) return;
    this.#cancelTimer = this.#options.clock.after(PAUSE_MS + calls, () => {
      this.#isWaiting = false;
      if (this.#runs.size > 0 || this.#hasUsage || this.#hasState) this.#wait(0);
    });
  }

  async #messages(): Promise<ConsoleMessage[]> {
    const { recorder, state } = this.#options;
    const messages: ConsoleMessage[] = [];
    for (const id of this.#runs) {
      const run = recorder.run(id);
      if (run !== undefined) messages.push({ type: 'run', run: this.#withScriptOnce(run) });
    }
    this.#runs.clear();
    const bucket = this.#hasUsage ? recorder.usage().at(-1) : undefined;
    this.#hasUsage = false;
    if (bucket !== undefined) messages.push({ type: 'usage', bucket });
    if (!this.#hasState) return messages;
    this.#hasState = false;
    const told = await state().catch(() => undefined);
    return told === undefined ? messages : [...messages, { type: 'state', state: told }];
  }

  #withScriptOnce(run: RunRecord): RunRecord {
    if (!this.#scriptTold.has(run.id)) {
      if (run.state === 'running') this.#scriptTold.add(run.id);
      return run;
    }
    if (run.state !== 'running') this.#scriptTold.delete(run.id);
    return withoutScript(run);
  }

  #keepAlive(): void {
    this.#cancelKeepAlive = this.#options.clock.after(KEEP_ALIVE_MS, () => {
      this.#write(': alive\n\n');
      this.#keepAlive();
    });
  }

  /** Whether there is room for more. */
  #write(text: string): boolean {
    return this.#response.destroyed || this.#response.write(text);
  }
}

function withoutScript(run: RunRecord): RunRecord {
  const rest: { -readonly [Key in keyof RunRecord]: RunRecord[Key] } = { ...run };
  delete rest.script;
  return rest;
}
