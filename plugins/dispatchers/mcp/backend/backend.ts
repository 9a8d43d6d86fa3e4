/**
 * One server behind us: connects, lists what it offers, calls it, and connects again when it is lost.
 *
 * Whatever it does wrong stays with it: a fault becomes a problem that the state names. What a server
 * offered stays listed while it is lost, so that a call tells what happened to it.
 */
import { ProtocolError } from '@modelcontextprotocol/client';

import type {
  BackendState,
  Clock,
  ContextRequest,
  JsonObject,
  ToolCall,
  ToolDefinition,
  ToolResult,
} from '../../../../core/index.js';
import { redactSecrets, ToolscriptError } from '../../../../core/index.js';
import { BackendContext } from './backend-context.js';
import type { Answer } from '../clients/input-rounds.js';
import { isConnectionLoss, isHeaderMismatch, reasonOf, requestFailure } from './call-failure.js';
import {
  Connection,
  type ChangingList,
  type ClientInfo,
  type ServerRequest,
} from '../connection/connection.js';
import { readHeaderParameters, type HeaderParameter } from '../listing/header-parameters.js';
import { listItems, type ItemList } from '../listing/item-list.js';
import { KeptList } from '../listing/kept-list.js';
import type { ServerConfig } from '../transport/server-config.js';
import { markedAnswer, ownRound } from './own-state.js';
import { callTool } from './tool-call.js';
import { toolKind } from '../listing/tool-list.js';

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
/** How much is told of what went wrong, in UTF-16 units. */
const MAX_TROUBLE = 4_000;
const STARTING = 'is being started';
const NOISE = 'prints text on its standard output that is not the protocol';

/** A server and the connection to it. */
export class Backend {
  readonly name: string;
  /** Settles when the first attempt to connect has; never rejects. */
  readonly started: Promise<void>;
  /** Its resources and prompts. */
  readonly context: BackendContext;

  readonly #options: BackendOptions;
  readonly #closing = new AbortController();
  /** Settles when nothing is under way any more; never rejects. */
  #work: Promise<void>;
  #connection: Connection | undefined;
  readonly #tools = new KeptList<ToolDefinition>((connection, signal) => this.#readTools(connection, signal));
  #headerParameters: ReadonlyMap<string, readonly HeaderParameter[]> = new Map();
  /** Settles when what was offered at the last connect was read; never rejects. */
  #contextRead: Promise<void> = Promise.resolve();
  /** Why it is down, or why what it lists may be old. */
  #trouble: string | undefined = STARTING;
  #told: readonly string[] = [this.#trouble ?? ''];
  /** How its process ended last; all that a caller is told of its troubles. */
  #ending: string | undefined;
  #announced: readonly unknown[] = [];
  #noisy = false;
  #older = false;
  #retryMs = FIRST_RETRY_MS;
  #upSince = 0;
  #cancelRetry: () => void = () => undefined;

  constructor(options: BackendOptions) {
    this.#options = options;
    this.name = options.name;
    this.context = new BackendContext(this.#closing.signal, {
      changed: () => this.#settle(this.#trouble),
      doubted: (connection) => this.#verify(connection),
    });
    this.started = this.#connect();
    this.#work = this.started;
  }

  /** The tools as the server names them; the same array until they change. */
  get tools(): readonly ToolDefinition[] {
    return this.#tools.items;
  }

  get state(): BackendState {
    return {
      name: this.name,
      up: this.#connection !== undefined,
      ...(this.#trouble === STARTING && { starting: true }),
      tools: this.tools.length,
      problems: this.#problems,
    };
  }

  /** Settles when its resources and prompts were read for the first time, or could not be; never rejects. */
  async contextStarted(): Promise<void> {
    await this.started;
    await this.#contextRead;
  }

  /** Calls a tool by the server's own name for it. Rejects with a ToolscriptError; at once when the server is down. */
  callTool(name: string, call: ToolCall): Promise<ToolResult> {
    const { tool, signal } = call;
    return this.#use({ act: `call ${tool}`, tool, signal }, async (connection) => {
      try {
        return await this.#call(connection, name, call);
      } catch (error) {
        if (!isHeaderMismatch(error) || !connection.usesHeaders) throw error;
        await this.#readAgain(connection, signal);
        return this.#call(connection, name, call);
      }
    });
  }

  /** A request for context, with the server's own names in it. Rejects as `callTool` does. */
  request(request: ContextRequest, params: JsonObject): Promise<JsonObject> {
    const { method, signal } = request;
    return this.#use({ act: method, signal }, async (connection) => {
      const answer = await this.#pass(connection, { ...request, params });
      return answer as JsonObject;
    });
  }

  async close(): Promise<void> {
    this.#closing.abort();
    this.#cancelRetry();
    const connection = this.#connection;
    this.#connection = undefined;
    await Promise.all([connection?.close(), this.#work]);
  }

  /** A state that a client brings back goes to the server that gave it, and to no other. */
  async #pass(connection: Connection, request: ServerRequest): Promise<Answer> {
    const { input } = request;
    if (input === undefined) return connection.pass(request);
    const answer = await connection.pass({ ...request, input: ownRound(this.name, input) });
    return markedAnswer(this.name, answer);
  }

  #call(connection: Connection, name: string, call: ToolCall): Promise<ToolResult> {
    const repeated = this.#headerParameters.get(name);
    return callTool((request) => this.#pass(connection, request), name, call, repeated);
  }

  /** What the tool wants repeated in headers is not what it was: nothing was called yet. */
  async #readAgain(connection: Connection, signal: AbortSignal): Promise<void> {
    await this.#tools.read(connection, signal, () => this.#connection === connection);
    this.#settle(this.#trouble);
  }

  async #use<T>(
    request: { readonly act: string; readonly tool?: string; readonly signal: AbortSignal },
    act: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    const connection = this.#connection;
    if (connection === undefined) throw this.#unavailable(request);
    try {
      return await act(connection);
    } catch (error) {
      if (!request.signal.aborted && isConnectionLoss(error)) this.#verify(connection);
      throw requestFailure(error, { ...request, server: this.name });
    }
  }

  async #connect(): Promise<void> {
    const connection: Connection = new Connection({
      ...this.#options,
      older: this.#older,
      events: {
        changed: (list) => this.#renew(connection, list),
        updated: (uri) => this.context.follows.updated(uri),
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
    await this.#tools.read(connection, signal);
    signal.throwIfAborted();
    this.#connection = connection;
    this.#contextRead = this.context.attach(connection);
    this.#ending = undefined;
    this.#upSince = this.#options.clock.now();
    this.#settle(undefined);
  }

  async #readTools(connection: Connection, signal: AbortSignal): Promise<ItemList<ToolDefinition>> {
    if (connection.capabilities.tools === undefined) {
      await this.#ping(connection, signal);
      return { items: [], problems: [] };
    }
    const listed = await listItems(toolKind(), (method, params) => connection.ask(method, params, signal));
    if (!connection.usesHeaders) return listed;
    const { list, parameters } = readHeaderParameters(listed);
    this.#headerParameters = parameters;
    return list;
  }

  /** Whether a server without tools is there; an error is an answer too. */
  async #ping(connection: Connection, signal: AbortSignal): Promise<void> {
    const method = connection.isModern ? 'server/discover' : 'ping';
    await connection.ask(method, {}, signal).catch((error: unknown) => {
      if (isConnectionLoss(error) || !(error instanceof ProtocolError)) throw error;
    });
  }

  /** A server may end on the question that newer servers answer: then it is started again without it. */
  async #failed(ending: string | undefined, message: string, lastWords = ''): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#older = ending !== undefined && !this.#older;
    if (this.#older) return this.#connect();
    this.#ending = ending;
    const words = lastWords === '' ? '' : `; its last words: ${lastWords}`;
    this.#settle(`cannot be started: ${ending ?? message}${words}`);
    this.#retryLater();
  }

  #lose(connection: Connection): void {
    if (this.#connection !== connection) return;
    this.#connection = undefined;
    if (this.#options.clock.now() - this.#upSince > STEADY_MS) this.#retryMs = FIRST_RETRY_MS;
    this.#ending = connection.ending;
    this.#settle(`was lost: ${this.#ending ?? 'the connection broke'}`);
    this.#add(connection.close());
    this.#retryLater();
  }

  /** One request that got no answer does not end the others: the server is lost when it cannot list its tools. */
  #verify(connection: Connection): void {
    this.#renew(connection, 'tools');
  }

  #retryLater(): void {
    const delayMs = this.#retryMs * (0.75 + Math.random() / 2);
    this.#retryMs = Math.min(this.#retryMs * 2, LAST_RETRY_MS);
    this.#cancelRetry = this.#options.clock.after(delayMs, () => this.#add(this.#connect()));
  }

  #add(work: Promise<void>): void {
    this.#work = Promise.all([this.#work, work]).then(() => undefined);
  }

  #renew(connection: Connection, list: ChangingList): void {
    if (list !== 'tools') {
      if (this.#connection === connection) void this.context.renew(list);
      return;
    }
    this.#tools.doubt();
    void this.#relist(connection);
  }

  /** Lists again for as long as the server says that its tools changed. */
  async #relist(connection: Connection): Promise<void> {
    const isUsed = (): boolean => this.#connection === connection;
    try {
      await this.#tools.renew(connection, this.#closing.signal, isUsed);
      if (isUsed()) this.#settle(undefined);
    } catch (error) {
      if (isConnectionLoss(error)) this.#lose(connection);
      if (isUsed()) this.#settle(`cannot list its tools again: ${reasonOf(error)}`);
    }
  }

  get #problems(): readonly string[] {
    const lists = [...this.#tools.problems, ...this.context.problems];
    return [...(this.#trouble === undefined ? lists : [this.#trouble]), ...(this.#noisy ? [NOISE] : [])];
  }

  /** What went wrong is told in words of others: addresses and last words of a process may hold secrets. */
  #settle(trouble: string | undefined): void {
    this.#trouble = trouble === undefined ? undefined : redactSecrets(trouble, MAX_TROUBLE);
    const problems = this.#problems;
    for (const problem of problems) if (!this.#told.includes(problem)) this.#options.onProblem(problem);
    this.#told = problems;
    this.#announce();
  }

  #hearNoise(): void {
    if (this.#noisy) return;
    this.#noisy = true;
    this.#settle(this.#trouble);
  }

  /** Tells of a change once: a server that fails again and again for the same reason is no news. */
  #announce(): void {
    const { resources, resourceTemplates, prompts } = this.context;
    const news = [JSON.stringify(this.state), this.tools, resources, resourceTemplates, prompts];
    if (news.every((part, at) => part === this.#announced[at])) return;
    this.#announced = news;
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

  #unavailable({ act, tool }: { readonly act: string; readonly tool?: string }): ToolscriptError {
    const why = this.#ending === undefined ? '' : `: ${this.#ending}`;
    const message = `${act}: server "${this.name}" is down${why}`;
    const details = tool === undefined ? {} : { tool };
    return new ToolscriptError({ code: 'backend/unavailable', message, ...details });
  }
}
