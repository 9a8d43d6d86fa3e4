/** One live connection to a server: made, used, lost once; never used again after that. */
import {
  Client,
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  isJSONRPCNotification,
  isJSONRPCRequest,
  LOG_LEVEL_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  ProtocolError,
  ProtocolErrorCode,
  SdkError,
  SdkErrorCode,
  type JSONRPCMessage,
  type JSONRPCNotification,
  type JSONRPCRequest,
  type ServerCapabilities,
  type SubscriptionFilter,
  type Transport,
} from '@modelcontextprotocol/client';

import {
  traceContextOf,
  type Clock,
  type InputRound,
  type Json,
  type JsonObject,
  type Progress,
} from '../../../../core/index.js';
import { attribute } from './attribution.js';
import { ChangeStream } from './change-stream.js';
import {
  DECLARED_CAPABILITIES,
  NO_CAPABILITIES,
  passedCapabilities,
} from '../clients/client-capabilities.js';
import { Exchange } from './exchange.js';
import { httpTransport } from '../transport/http-transport.js';
import { fulfil, needsInput, roundParams, type Answer } from '../clients/input-rounds.js';
import { SharedLogLevel } from '../clients/shared-log-level.js';
import { isRecord } from '../message/loose-json.js';
import type { MessageOrigin } from '../transport/message-origin.js';
import { NoticeDesk } from '../clients/notice-desk.js';
import { passedMeta } from '../message/own-meta.js';
import { ProgressDesk } from '../clients/progress-desk.js';
import { QuestionDesk } from '../clients/question-desk.js';
import type { RequestOwner } from '../clients/request-owner.js';
import { isHttpServer, type ServerConfig } from '../transport/server-config.js';
import { StdioTransport } from '../transport/stdio-transport.js';

/** What we say of ourselves to servers. */
export interface ClientInfo {
  readonly name: string;
  readonly version: string;
}

/** A list that a server may say has changed. */
export type ChangingList = 'tools' | 'resources' | 'prompts';

/** What a connection tells while it lives. */
export interface ConnectionEvents {
  /** The server says that a list of its changed; not too often. */
  changed(list: ChangingList): void;
  /** The server says that a resource was updated. */
  updated(uri: string): void;
  /** The server printed something on its standard output that is not the protocol. */
  noise(): void;
  /** The connection is gone; nothing is told after this. */
  lost(): void;
}

/** How a server is connected to. */
export interface ConnectionOptions {
  readonly config: ServerConfig;
  readonly clientInfo: ClientInfo;
  readonly clock: Clock;
  /** For each step of connecting. */
  readonly connectTimeoutMs: number;
  /** Known to speak nothing newer than 2025-11-25: the question is not put. */
  readonly older: boolean;
  readonly events: ConnectionEvents;
}

/** A client's request to a server. */
export interface ServerRequest extends RequestOwner {
  readonly method: string;
  /** With the server's own names, without `_meta`. */
  readonly params: JsonObject;
  readonly meta?: JsonObject;
  readonly onProgress?: (progress: Progress) => void;
  readonly input?: InputRound;
  readonly headers?: Readonly<Record<string, string>>;
}

const CHANGE_DEBOUNCE_MS = 50;
const URL_ELICITATION_REQUIRED: number = ProtocolErrorCode.UrlElicitationRequired;

/** A connection to one server. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #transport: Transport;
  readonly #client: Client;
  readonly #progress = new ProgressDesk();
  readonly #questions = new QuestionDesk();
  readonly #notices = new NoticeDesk();
  readonly #logLevel = new SharedLogLevel();
  readonly #changed = new Map<string, () => void>();
  #exchange: Exchange | undefined;
  #changes: ChangeStream | undefined;
  #lost = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#transport = this.#makeTransport();
    this.#client = new Client(options.clientInfo, {
      versionNegotiation: { mode: 'auto', probe: { timeoutMs: options.connectTimeoutMs / 2 } },
      capabilities: DECLARED_CAPABILITIES,
    });
  }

  /** Connects, in the newest era that the server speaks. Rejects when it cannot; then it must still be closed. */
  async open(): Promise<void> {
    const timeout = this.#options.connectTimeoutMs;
    this.#client.onclose = () => this.#lose();
    const older = this.#isOlder ? ({ prior: { kind: 'legacy' } } as const) : {};
    await this.#client.connect(this.#transport, { timeout, ...older });
    const exchange = new Exchange(this.#client, this.#transport, this.#options.clock);
    this.#exchange = exchange;
    const others = this.#transport.onmessage;
    this.#transport.onmessage = (message, origin?: MessageOrigin) => {
      if (!exchange.take(message) && !this.#take(message, exchange, origin)) others?.(message, origin);
    };
    if (this.isModern) this.#listen();
  }

  /** What the server says that it offers; nothing before it is connected. */
  get capabilities(): ServerCapabilities {
    return this.#client.getServerCapabilities() ?? {};
  }

  /** Whether it speaks 2026-07-28: no sessions, no requests of its own. */
  get isModern(): boolean {
    return this.#client.getProtocolEra() === 'modern';
  }

  /** Whether parameters that a tool marks are repeated in headers. */
  get usesHeaders(): boolean {
    return isHttpServer(this.#options.config) && this.isModern;
  }

  /** A request of our own; rejects when there is no answer in the time of connecting. */
  async ask(method: string, params: JsonObject, signal: AbortSignal): Promise<unknown> {
    const exchange = this.#opened();
    const timeoutMs = this.#options.connectTimeoutMs;
    const _meta = this.isModern && { _meta: this.#envelope(DECLARED_CAPABILITIES) };
    return exchange.request(method, { ...params, ..._meta }, { signal, timeoutMs });
  }

  /**
   * A request of a client. Answers an object as the server sent it, without `resultType`, unless that says
   * that input is needed and the request has rounds. Rejects with an error of the SDK's, an
   * `UnansweredError`, or what the client's link rejects with.
   */
  async pass(request: ServerRequest): Promise<Answer> {
    const { input, client, onProgress } = request;
    const progressToken = onProgress && this.#progress.expect(onProgress);
    try {
      if (client?.logLevel !== undefined) await this.#setLogLevel(client.logLevel, request.signal);
      const _meta = this.#metaOf(request, progressToken);
      const answer = await this.#send(request, _meta, input);
      if (!needsInput(answer) || input !== undefined) return answer;
      return await fulfil(answer, request, this.#options.clock, (round) => this.#send(request, _meta, round));
    } catch (error) {
      if (error instanceof ProtocolError) this.#expectElicitations(error, request);
      throw error;
    } finally {
      if (progressToken !== undefined) this.#progress.forget(progressToken);
    }
  }

  /** The resources whose updates are wanted: from now on these and no others. Only where it `isModern`. */
  follow(uris: ReadonlySet<string>): void {
    this.#changes?.follow(uris);
  }

  /** How the server's process ended, or what it said last, where that is known. */
  get ending(): string | undefined {
    return this.#transport instanceof StdioTransport ? this.#transport.ending : undefined;
  }

  /** The last line that the server wrote to standard error. */
  get lastWords(): string | undefined {
    if (!(this.#transport instanceof StdioTransport)) return undefined;
    return this.#transport.stderr.trim().split('\n').at(-1)?.slice(0, 300);
  }

  /** Ends the connection, and the server's process with it. Tells nothing more. */
  async close(): Promise<void> {
    this.#end();
    await this.#client.close().catch(() => undefined);
    await this.#transport.close().catch(() => undefined);
  }

  get #isOlder(): boolean {
    const { config, older } = this.#options;
    return older || (isHttpServer(config) && config.type === 'sse');
  }

  #makeTransport(): Transport {
    const { config, events } = this.#options;
    if (isHttpServer(config)) return httpTransport(config);
    const transport = new StdioTransport(config);
    transport.onnoise = () => events.noise();
    return transport;
  }

  #opened(): Exchange {
    if (this.#exchange !== undefined && !this.#lost) return this.#exchange;
    throw new SdkError(SdkErrorCode.NotConnected, 'not connected');
  }

  async #send(request: ServerRequest, _meta: JsonObject | undefined, input?: InputRound): Promise<Answer> {
    const { method, params, signal } = request;
    const headers = this.#headersOf(request, _meta);
    const round = input !== undefined && this.isModern && roundParams(input);
    const sent = { ...params, ...round, ...(_meta && { _meta }) };
    const sending = { signal, owner: request, ...(headers && { headers }) };
    return completed(await this.#opened().request(method, sent, sending), method);
  }

  /** Over HTTP the place in a trace stands in headers too, for what looks at no body. */
  #headersOf({ headers }: ServerRequest, _meta: JsonObject | undefined): ServerRequest['headers'] {
    if (!isHttpServer(this.#options.config)) return headers;
    const trace = traceContextOf(_meta);
    return trace === undefined ? headers : { ...headers, ...trace };
  }

  /** An error may send the client to URLs (2025-11-25): it is told when it has been there. */
  #expectElicitations({ code, data }: ProtocolError, { client }: RequestOwner): void {
    if (code !== URL_ELICITATION_REQUIRED || !isRecord(data)) return;
    const { elicitations } = data;
    if (!Array.isArray(elicitations)) return;
    for (const elicitation of elicitations) this.#notices.expect(elicitation, client);
  }

  #metaOf({ meta = {}, client, input }: ServerRequest, progressToken?: string): JsonObject | undefined {
    const passed = passedMeta(meta);
    if (progressToken !== undefined) passed.push(['progressToken', progressToken]);
    if (!this.isModern) return passed.length === 0 ? undefined : Object.fromEntries(passed);
    const canAnswer = input !== undefined || client?.ask !== undefined;
    const capabilities = canAnswer ? passedCapabilities(client?.capabilities ?? {}) : NO_CAPABILITIES;
    return { ...this.#envelope(capabilities, client?.logLevel), ...Object.fromEntries(passed) };
  }

  #envelope(capabilities: JsonObject, logLevel?: string): Record<string, Json> {
    const { name, version } = this.#options.clientInfo;
    return {
      [PROTOCOL_VERSION_META_KEY]: this.#client.getNegotiatedProtocolVersion() ?? '',
      [CLIENT_INFO_META_KEY]: { name, version },
      [CLIENT_CAPABILITIES_META_KEY]: capabilities,
      ...(logLevel !== undefined && this.capabilities.logging && { [LOG_LEVEL_META_KEY]: logLevel }),
    };
  }

  /** Servers up to 2025-11-25 know one level for all; newer ones are told with each request. */
  async #setLogLevel(wanted: string, signal: AbortSignal): Promise<void> {
    if (this.isModern || this.capabilities.logging === undefined) return;
    const level = this.#logLevel.lower(wanted);
    if (level === undefined) return;
    await this.ask('logging/setLevel', { level }, signal).catch(() => undefined);
  }

  #listen(): void {
    const { tools, resources, prompts } = this.capabilities;
    const lists: SubscriptionFilter = {
      ...(tools?.listChanged === true && { toolsListChanged: true }),
      ...(resources?.listChanged === true && { resourcesListChanged: true }),
      ...(prompts?.listChanged === true && { promptsListChanged: true }),
    };
    this.#changes = new ChangeStream(this.#client, lists, this.#options.clock, {
      resumed: () => {
        for (const list of LISTS.values()) this.#tellChanged(list);
      },
    });
  }

  /** Takes what a server says of its own accord; false for what the SDK's client answers or needs. */
  #take(message: JSONRPCMessage, exchange: Exchange, origin?: MessageOrigin): boolean {
    if (isJSONRPCNotification(message)) return this.#notice(message, exchange, origin);
    if (!isJSONRPCRequest(message) || this.isModern || !QuestionDesk.isQuestion(message)) return false;
    void this.#answer(message, attribute(origin, exchange));
    return true;
  }

  async #answer(question: JSONRPCRequest, owner: RequestOwner | string): Promise<void> {
    if (typeof owner !== 'string') this.#notices.expect(question.params, owner.client);
    const reply = await this.#questions.answer(question, owner);
    const message = { jsonrpc: '2.0' as const, id: question.id, ...reply };
    await this.#transport.send(message as JSONRPCMessage).catch(() => undefined);
  }

  #notice(message: JSONRPCNotification, exchange: Exchange, origin?: MessageOrigin): boolean {
    const { method, params = {} } = message;
    const list = LISTS.get(method);
    if (list !== undefined) this.#debounce(list);
    else if (method === 'notifications/progress') this.#progress.take(message);
    else if (method === 'notifications/resources/updated') {
      if (typeof params['uri'] === 'string') this.#options.events.updated(params['uri']);
    } else if (method === 'notifications/message' || method === 'notifications/elicitation/complete') {
      this.#notices.take(message, () => attribute(origin, exchange));
    } else {
      if (method === 'notifications/cancelled') this.#questions.cancel(params['requestId']);
      return false;
    }
    return true;
  }

  /** A server that changes much says it often: it is asked once for what comes together. */
  #debounce(list: ChangingList): void {
    this.#changed.get(list)?.();
    const cancel = this.#options.clock.after(CHANGE_DEBOUNCE_MS, () => this.#tellChanged(list));
    this.#changed.set(list, cancel);
  }

  #tellChanged(list: ChangingList): void {
    if (!this.#lost) this.#options.events.changed(list);
  }

  #lose(): void {
    if (this.#lost) return;
    this.#end();
    this.#options.events.lost();
  }

  #end(): void {
    this.#lost = true;
    for (const cancel of this.#changed.values()) cancel();
    this.#changes?.close();
    this.#exchange?.lose();
  }
}

/** What says that a list changed. */
const LISTS: ReadonlyMap<string, ChangingList> = new Map([
  ['notifications/tools/list_changed', 'tools'],
  ['notifications/resources/list_changed', 'resources'],
  ['notifications/prompts/list_changed', 'prompts'],
]);

/** An answer without what only its own hop needs. Throws when it is none that can be used. */
function completed(answer: unknown, method: string): Answer {
  if (!isRecord(answer)) throw new SdkError(SdkErrorCode.InvalidResult, `${method}: the answer is no object`);
  if (!('resultType' in answer) || needsInput(answer)) return answer;
  const { resultType, ...result } = answer;
  if (resultType === 'complete') return result;
  throw new SdkError(SdkErrorCode.UnsupportedResultType, `${method}: the answer is of an unknown kind`);
}
