/**
 * Answers calls of clients of 2026-07-28 without a server of the SDK, which would be made for one request
 * and thrown away. Only what is plainly good is taken: all else is left to the SDK, which knows what to
 * refuse, and how.
 */
import {
  classifyInboundRequest,
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  PROTOCOL_VERSION_META_KEY,
  ProtocolError,
  SERVER_INFO_META_KEY,
  type JSONRPCRequest,
} from '@modelcontextprotocol/server';

import { isJsonObject, systemClock, type JsonObject } from '../../../core/index.js';
import { callerFrom } from '../caller.js';
import { ClientRequest, type Connection } from '../client-request.js';
import type { Served } from '../protocol-server.js';
import type { RequestSource } from '../request-source.js';
import { rpcCodeOf } from '../wire-error.js';
import type { Answer } from '../running-call.js';
import { KnownClients } from './known-clients.js';
import type { HttpBounds } from './options.js';
import type { ParameterHeaders } from './parameter-headers.js';
import { PostedReply } from './posted-reply.js';
import { isWellPosted, type PostedRequest } from './visit.js';

const REVISION = '2026-07-28';
/** The methods that are answered here; each names what it wants by this parameter, and in a header. */
const METHODS: ReadonlySet<unknown> = new Set(['tools/call', 'prompts/get']);
/** `jsonrpc`, `id`, `method` and `params`. */
const CALL_FIELDS = 4;
/** So begins the header of a name that is no plain text. */
const ENCODED = '=?';
/** Goes on with a request of a round before. */
const CONTINUING = ['inputResponses', 'requestState'] as const;

/** What `_meta` says of the client: for whoever takes the request, and for nobody behind. */
const ENVELOPE: ReadonlySet<string> = new Set([
  PROTOCOL_VERSION_META_KEY,
  CLIENT_INFO_META_KEY,
  CLIENT_CAPABILITIES_META_KEY,
  'io.modelcontextprotocol/logLevel',
]);

const MISSING_CAPABILITY = -32_021;

/** A request of such a client stands alone. */
const ALONE: Connection = { era: 'modern', transport: 'http' };

/** The calls of one endpoint. */
export class DirectCalls {
  readonly #served: Served;
  readonly #parameters: ParameterHeaders;
  readonly #bounds: HttpBounds;
  readonly #known = new KnownClients();
  readonly #serverInfo: { readonly [SERVER_INFO_META_KEY]: JsonObject };

  constructor(served: Served, parameters: ParameterHeaders, bounds: HttpBounds) {
    const { name, version } = served;
    this.#served = served;
    this.#parameters = parameters;
    this.#bounds = bounds;
    this.#serverInfo = { [SERVER_INFO_META_KEY]: { name, version } };
  }

  /** Whether it was a call that is answered here; resolves when it is. */
  async answer(posted: PostedRequest): Promise<boolean> {
    const message = this.#plainCall(posted);
    if (message === undefined || (await this.#repeatsArguments(message, posted))) return false;
    const reply = new PostedReply(posted.response, { bounds: this.#bounds, clock: systemClock });
    const { id } = message;
    try {
      const result = await this.#served.reception.answer(requestOf(message, posted, reply));
      reply.end({ jsonrpc: '2.0', id, result: this.#complete(result) });
    } catch (thrown) {
      const { code, error } = wireError(thrown);
      reply.end({ jsonrpc: '2.0', id, error }, code === MISSING_CAPABILITY ? 400 : 200);
    }
    return true;
  }

  /** The call, if it is one that can be taken as it stands. */
  #plainCall(posted: PostedRequest): JSONRPCRequest | undefined {
    const { incoming, body } = posted;
    const {
      'mcp-protocol-version': version,
      'mcp-method': method,
      'mcp-name': name,
    } = incoming.headers as Record<string, string | undefined>;
    if (version !== REVISION || !METHODS.has(method) || !isWellPosted(posted) || !isCall(body))
      return undefined;
    const { params } = body;
    const { _meta: meta } = params;
    if (body.method !== method || params['name'] !== name || meta[PROTOCOL_VERSION_META_KEY] !== REVISION) {
      return undefined;
    }
    if (this.#known.knows(meta)) return body;
    const headers = { protocolVersionHeader: version, mcpMethodHeader: method };
    const { kind } = classifyInboundRequest({ httpMethod: 'POST', body, ...headers });
    if (kind !== 'modern') return undefined;
    this.#known.add(meta);
    return body;
  }

  /** What such a result must say beside what is in it (2026-07-28, basic, results and `_meta`). */
  #complete(result: Answer): Answer {
    const { _meta: meta = {} } = result;
    return {
      ...result,
      resultType: result['resultType'] ?? 'complete',
      _meta: isJsonObject(meta) ? { ...this.#serverInfo, ...meta } : meta,
    };
  }

  /** The SDK compares the headers of a tool that wants some of its arguments in headers too. */
  async #repeatsArguments({ method, params }: JSONRPCRequest, { sender }: PostedRequest): Promise<boolean> {
    if (method !== 'tools/call') return false;
    const declared = await this.#parameters.declaredFor(callerFrom(sender, undefined));
    return declared.has(params?.['name'] as string);
  }
}

/** A request that names something in plain text, and goes on with no round before. */
interface Call extends JSONRPCRequest {
  readonly params: JsonObject & { readonly _meta: JsonObject };
}

function isCall(body: unknown): body is Call {
  if (!isJsonObject(body) || Object.keys(body).length !== CALL_FIELDS) return false;
  const { jsonrpc, id, params } = body;
  if (jsonrpc !== '2.0' || !(typeof id === 'string' || Number.isSafeInteger(id))) return false;
  if (!isJsonObject(params) || !isJsonObject(params['_meta'])) return false;
  const { name } = params;
  if (typeof name !== 'string' || name.startsWith(ENCODED)) return false;
  return !CONTINUING.some((key) => key in params);
}

function requestOf(message: JSONRPCRequest, posted: PostedRequest, reply: PostedReply): ClientRequest {
  const { id, method, params = {} } = message;
  const { _meta: envelope = {} } = params;
  const _meta = Object.fromEntries(Object.entries(envelope).filter(([key]) => !ENVELOPE.has(key)));
  const source: RequestSource = {
    auth: posted.sender,
    signal: posted.exchange.signal,
    envelope,
    notify: (told, about) => reply.tell({ jsonrpc: '2.0', method: told, params: about }),
  };
  return new ClientRequest({ id, method, params: { ...params, _meta } }, source, ALONE);
}

function wireError(thrown: unknown): { code: number; error: object } {
  if (!(thrown instanceof ProtocolError)) throw thrown;
  const { message, data } = thrown;
  const code = rpcCodeOf(thrown, 'modern');
  return { code, error: { code, message, ...(data !== undefined && { data }) } };
}
