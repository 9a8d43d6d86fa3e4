/**
 * What the server of one session speaks through. A request that is plainly good is answered straight to
 * Node's response; streams that stand, batches, notifications and what is to be refused are left to the
 * SDK's transport, which is made for the web's requests.
 */
import {
  isJSONRPCRequest,
  SUPPORTED_PROTOCOL_VERSIONS,
  type JSONRPCMessage,
  type JSONRPCRequest,
  type MessageExtraInfo,
  type RequestId,
  type Transport,
  type TransportSendOptions,
  type WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';

import { PostedReply, type ReplyOptions } from './posted-reply.js';
import { isWellPosted, type PostedRequest } from './visit.js';

/** The transport of one session, over the SDK's. */
export class SessionTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: NonNullable<Transport['onmessage']>;
  readonly #wire: WebStandardStreamableHTTPServerTransport;
  readonly #replyOptions: ReplyOptions;
  /** To the requests that are answered here. */
  readonly #replies = new Map<RequestId, PostedReply>();

  constructor(wire: WebStandardStreamableHTTPServerTransport, replyOptions: ReplyOptions) {
    this.#wire = wire;
    this.#replyOptions = replyOptions;
  }

  get sessionId(): string | undefined {
    return this.#wire.sessionId;
  }

  setSupportedProtocolVersions(versions: string[]): void {
    this.#wire.setSupportedProtocolVersions(versions);
  }

  async start(): Promise<void> {
    this.#wire.onmessage = (message, extra) => this.#take(message, extra);
    this.#wire.onerror = (error) => this.onerror?.(error);
    this.#wire.onclose = () => {
      for (const reply of this.#replies.values()) reply.end();
      this.#replies.clear();
      this.onclose?.();
    };
    await this.#wire.start();
  }

  /** Whether it is a request that is answered here. */
  answer(posted: PostedRequest): boolean {
    const message = this.#plainRequest(posted);
    if (message === undefined) return false;
    const { id } = message;
    const { response, exchange, sender } = posted;
    const headers = { 'mcp-session-id': this.sessionId };
    this.#replies.set(id, new PostedReply(response, { ...this.#replyOptions, headers }));
    exchange.signal.addEventListener('abort', () => this.#leave(id), { once: true });
    this.onmessage?.(message, sender === undefined ? {} : { authInfo: sender });
    return true;
  }

  async send(message: JSONRPCMessage, { relatedRequestId }: TransportSendOptions = {}): Promise<void> {
    const isAnswer = !('method' in message);
    const id = isAnswer ? message.id : relatedRequestId;
    const reply = id === undefined ? undefined : this.#replies.get(id);
    if (reply === undefined) await this.#wire.send(message, id === undefined ? {} : { relatedRequestId: id });
    else if (isAnswer) this.#end(id!, message);
    else reply.tell(message);
  }

  close(): Promise<void> {
    return this.#wire.close();
  }

  #plainRequest(posted: PostedRequest): JSONRPCRequest | undefined {
    const { incoming, body } = posted;
    const version = incoming.headers['mcp-protocol-version'];
    const isOurs = version === undefined || SUPPORTED_PROTOCOL_VERSIONS.includes(String(version));
    if (!isOurs || !isWellPosted(posted) || !isJSONRPCRequest(body)) return undefined;
    return body.method === 'initialize' || this.#replies.has(body.id) ? undefined : body;
  }

  #take(message: JSONRPCMessage, extra?: MessageExtraInfo): void {
    this.onmessage?.(message, extra);
    if (!('method' in message) || message.method !== CANCELLED) return;
    // What is cancelled is not answered.
    this.#end(message.params?.['requestId'] as RequestId);
  }

  /** The client went, and we keep nothing for it to come back to: as if it had cancelled. */
  #leave(id: RequestId): void {
    if (!this.#replies.delete(id)) return;
    this.onmessage?.({ jsonrpc: '2.0', method: CANCELLED, params: { requestId: id } });
  }

  #end(id: RequestId, answer?: JSONRPCMessage): void {
    const reply = this.#replies.get(id);
    this.#replies.delete(id);
    reply?.end(answer);
  }
}

const CANCELLED = 'notifications/cancelled';
