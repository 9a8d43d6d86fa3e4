/**
 * One server behind us: connects, lists its tools, calls them, and connects again when it is lost.
 *
 * Whatever it does wrong stays with it: a fault becomes a problem that the state names. The tools of a
 * server that was lost stay listed as they last were, so that a call tells what happened to them.
 */
import type { BackendState, Clock, ToolCall, ToolDefinition, ToolResult } from '../../../core/index.js';
import { ToolscriptError } from '../../../core/index.js';
import { callFailure, isConnectionLoss, reasonOf } from './call-failure.js';
import { Connection, type ClientInfo } from './connection.js';
import type { ServerConfig } from './server-config.js';

/** What a backend needs. */
export interface BackendOptions {
  readonly name: string;
  readonly config: ServerConfig;
  readonly clientInfo: ClientInfo;
  readonly clock: Clock;
  readonly connectTimeoutMs: number;
  /** Its tools or its state changed. */
  readonly onChange: () => void;
  /** A problem turned up; one line, without the server's name. */
  readonly onProblem: (problem: string) => void;
}

const FIRST_RETRY_MS = 500;
const LAST_RETRY_MS = 60_000;
/** A server that stayed up this long has recovered: the next loss is retried soon again. */
const STEADY_MS = 30_000;
const NOISE = 'prints text on its standard output that is not the protocol';

/** A server and the connection to it. */
export class Backend {
  readonly name: string;
  /** Settles when the first attempt to connect has; never rejects. */
  readonly started: Promise<void>;

  readonly #options: BackendOptions;
  readonly #closing = new AbortController();
  /** Settles when nothing is under way any more; never rejects. */
  #work: Promise<void>;
  #connection: Connection | undefined;
  #tools: readonly ToolDefinition[] = [];
  /** Why it is down, or what is wrong with its list. */
  #problems: readonly string[] = ['is being started'];
  /** How its process ended last; all that a caller is told of its troubles. */
  #ending: string | undefined;
  #announced: { readonly news?: string; readonly tools?: readonly ToolDefinition[] } = {};
  #noisy = false;
  #older = false;
  #retryMs = FIRST_RETRY_MS;
  #upSince = 0;
  #cancelRetry: () => void = () => undefined;
  #listing: Connection | undefined;

  constructor(options: BackendOptions) {
    this.#options = options;
    this.name = options.name;
    this.started = this.#connect();
    this.#work = this.started;
  }

  /** The tools as the server names them; the same array until they change. */
  get tools(): readonly ToolDefinition[] {
    return this.#tools;
  }

  get state(): BackendState {
    const problems = this.#noisy ? [...this.#problems, NOISE] : this.#problems;
    return { name: this.name, up: this.#connection !== undefined, tools: this.#tools.length, problems };
  }

  /** Calls a tool by the server's own name for it. Rejects with a ToolscriptError; at once when the server is down. */
  async callTool(name: string, call: ToolCall): Promise<ToolResult> {
    const connection = this.#connection;
    if (connection === undefined) throw this.#unavailable(call.tool);
    try {
      return await connection.callTool(name, call);
    } catch (error) {
      if (!call.signal.aborted && isConnectionLoss(error)) this.#verify(connection);
      throw callFailure(error, { tool: call.tool, server: this.name, signal: call.signal });
    }
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#cancelRetry();
    const connection = this.#connection;
    this.#connection = undefined;
    await Promise.all([connection?.close(), this.#work]);
  }

  async #connect(): Promise<void> {
    const connection: Connection = new Connection({
      ...this.#options,
      older: this.#older,
      events: {
        toolsChanged: () => void this.#relist(connection),
        noise: () => this.#hearNoise(),
        lost: () => this.#lose(connection),
      },
    });
    try {
      await this.#withinTimeout((signal) => this.#take(connection, signal));
      void this.#relist(connection);
    } catch (error) {
      const { ending } = connection;
      await connection.close();
      await this.#failed(ending, reasonOf(error), connection.lastWords);
    }
  }

  /** Opens a connection and lists its tools: only then the server is up. */
  async #take(connection: Connection, signal: AbortSignal): Promise<void> {
    await connection.open();
    const list = await connection.listTools(signal);
    signal.throwIfAborted();
    this.#connection = connection;
    this.#ending = undefined;
    this.#upSince = this.#options.clock.now();
    this.#setTools(list.tools);
    this.#settle(list.problems);
  }

  /** A server may end on the question that newer servers answer: then it is started again without it. */
  async #failed(ending: string | undefined, message: string, lastWords = ''): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#older = ending !== undefined && !this.#older;
    if (this.#older) return this.#connect();
    this.#ending = ending;
    const words = lastWords === '' ? '' : `; its last words: ${lastWords}`;
    this.#settle([`cannot be started: ${ending ?? message}${words}`]);
    this.#retryLater();
  }

  #lose(connection: Connection): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    if (this.#options.clock.now() - this.#upSince > STEADY_MS) this.#retryMs = FIRST_RETRY_MS;
    this.#ending = connection.ending;
    this.#settle([`was lost: ${this.#ending ?? 'the connection broke'}`]);
    this.#add(connection.close());
    this.#retryLater();
  }

  /** One request that got no answer does not end the others: the server is lost when it cannot list its tools. */
  #verify(connection: Connection): void {
    connection.doubt();
    void this.#relist(connection);
  }

  #retryLater(): void {
    const delayMs = this.#retryMs * (0.75 + Math.random() / 2);
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
    this.#cancelRetry = this.#options.clock.after(delayMs, () => this.#add(this.#connect()));
  }

  #add(work: Promise<void>): void {
    this.#work = Promise.all([this.#work, work]).then(() => undefined);
  }

  /** Lists again for as long as the server says that its tools changed; once at a time. */
  async #relist(connection: Connection): Promise<void> {
    if (this.#listing === connection) return;
    this.#listing = connection;
    try {
      while (this.#connection === connection && connection.stale) await this.#list(connection);
    } catch (error) {
      if (isConnectionLoss(error)) this.#lose(connection);
      if (this.#connection === connection) this.#settle([`cannot list its tools again: ${reasonOf(error)}`]);
    } finally {
      if (this.#listing === connection) this.#listing = undefined;
    }
  }

  async #list(connection: Connection): Promise<void> {
    const list = await connection.listTools(this.#closing.signal);
    if (this.#connection !== connection) return;
    this.#setTools(list.tools);
    this.#settle(list.problems);
  }

  /** Tools that are the same as before stay the same array, so that what was derived from it is kept. */
  #setTools(tools: readonly ToolDefinition[]): void {
    if (JSON.stringify(tools) !== JSON.stringify(this.#tools)) this.#tools = tools;
  }

  #settle(problems: readonly string[]): void {
    for (const problem of problems) if (!this.#problems.includes(problem)) this.#options.onProblem(problem);
    this.#problems = problems;
    this.#announce();
  }

  #hearNoise(): void {
    if (this.#noisy) return;
    this.#noisy = true;
    this.#options.onProblem(NOISE);
    this.#announce();
  }

  /** Tells of a change once: a server that fails again and again for the same reason is no news. */
  #announce(): void {
    const news = JSON.stringify(this.state);
    if (news === this.#announced.news && this.#tools === this.#announced.tools) return;
    this.#announced = { news, tools: this.#tools };
    this.#options.onChange();
  }

  async #withinTimeout(act: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { clock, connectTimeoutMs } = this.#options;
    const timeout = new AbortController();
    const signal = AbortSignal.any([timeout.signal, this.#closing.signal]);
    const cancel = clock.after(connectTimeoutMs, () =>
      timeout.abort(new Error(`no answer in ${connectTimeoutMs} ms`)),
    );
    const ended = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    });
    try {
      await Promise.race([act(signal), ended]);
    } finally {
      cancel();
    }
  }

  #unavailable(tool: string): ToolscriptError {
    const why = this.#ending === undefined ? '' : `: ${this.#ending}`;
    const message = `call ${tool}: server "${this.name}" is down${why}`;
    return new ToolscriptError({ code: 'backend/unavailable', message, tool });
  }
}
