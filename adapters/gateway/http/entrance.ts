/**
 * Lets requests in: each step may answer, and what is dear comes late. Health, how many, from where, who,
 * and only then the body.
 */
import type { IncomingMessage } from 'node:http';
import type { AuthInfo, McpHandlerRequestOptions } from '@modelcontextprotocol/server';

import type { Authenticator } from '../authenticator.js';
import { ClientAddresses, comesFromHere } from './client-address.js';
import type { Endpoint } from './endpoint.js';
import { hostsOf } from './exposure.js';
import { FloodGuard } from './flood-guard.js';
import { isHealthPath, type Health } from './health.js';
import type { HttpBounds, HttpOptions } from './options.js';
import { OriginGuard } from './origin-guard.js';
import { sendReply } from './reply.js';
import { readBody } from './request-body.js';
import { withTraceHeaders } from './trace-headers.js';
import type { Visit } from './visit.js';
import { webRequest } from './web-request.js';

/** The way of a request to the endpoint, and of the answer back. */
export class Entrance {
  readonly #path: string;
  readonly #bounds: HttpBounds;
  readonly #authenticator: Authenticator | undefined;
  readonly #guard: OriginGuard;
  readonly #addresses: ClientAddresses;
  readonly #flood: FloodGuard | undefined;
  readonly #health: Health;
  readonly #endpoint: Endpoint;

  constructor(path: string, options: HttpOptions, bounds: HttpBounds, health: Health, endpoint: Endpoint) {
    const { authenticator, allowedOrigins, trustedProxies, requestsPerMinute } = options;
    this.#path = path;
    this.#bounds = bounds;
    this.#authenticator = authenticator;
    this.#guard = new OriginGuard(hostsOf(options), allowedOrigins);
    this.#addresses = new ClientAddresses(trustedProxies);
    this.#flood = requestsPerMinute === undefined ? undefined : new FloodGuard(requestsPerMinute);
    this.#health = health;
    this.#endpoint = endpoint;
  }

  /** Answers a request; resolves when the answer is handed over. */
  async receive(visit: Visit): Promise<void> {
    const { incoming, response } = visit;
    const path = pathOf(incoming);
    const reply =
      this.#plainHealth(path, incoming) ??
      (await this.#flood?.refusal(this.#addresses.of(incoming))) ??
      this.#guard.refusal(incoming) ??
      this.#guard.preflight(incoming, response) ??
      (await this.#reply(path, visit));
    if (reply !== undefined) await sendReply(reply, response, this.#bounds.maxUnreadBytes);
  }

  /**
   * Anybody may ask whether a gateway is well, by whatever name they come. Which backends it has is for
   * senders who prove who they are; without an authenticator, for this machine. A token takes the long
   * way, where guesses are counted.
   */
  #plainHealth(path: string, incoming: IncomingMessage): Response | undefined {
    if (!isHealthPath(path) || incoming.headers.authorization !== undefined) return undefined;
    const isOurs = this.#authenticator === undefined && comesFromHere(incoming);
    return this.#health.report(path, isOurs && this.#guard.refusal(incoming) === undefined);
  }

  async #reply(path: string, visit: Visit): Promise<Response | undefined> {
    const isHealth = isHealthPath(path);
    const isOurs = isHealth || path === this.#path;
    if (this.#authenticator === undefined) {
      if (!isOurs) return notFound();
      return isHealth ? this.#health.report(path, false) : this.#fetch(visit, undefined);
    }
    const request = webRequest(visit.incoming);
    const own = await this.#authenticator.answer?.(request);
    if (own !== undefined) return own;
    if (!isOurs) return notFound();
    const sender = await this.#authenticator.authenticate(request);
    if (sender instanceof Response) return sender;
    return isHealth ? this.#health.report(path, true) : this.#fetch(visit, sender);
  }

  /** Nothing, when it is answered already, or the client goes away with its body half sent. */
  async #fetch(visit: Visit, sender: AuthInfo | undefined): Promise<Response | undefined> {
    const { incoming } = visit;
    const known = sender === undefined ? {} : { authInfo: sender };
    if (incoming.method !== 'POST') return this.#pass(visit, known);
    const body = await readBody(incoming, this.#bounds.maxBodyBytes);
    if (body === undefined || body instanceof Response) return body;
    if (body.json === undefined) return this.#pass(visit, known, body.text);
    const message = withTraceHeaders(body.json, incoming.headers);
    if (await this.#endpoint.answer({ ...visit, sender, body: message })) return undefined;
    return this.#pass(visit, { ...known, parsedBody: message });
  }

  #pass({ incoming, exchange }: Visit, options: McpHandlerRequestOptions, text?: string): Promise<Response> {
    return this.#endpoint.fetch(webRequest(incoming, exchange.signal, text), options, exchange);
  }
}

function notFound(): Response {
  return new Response(null, { status: 404 });
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
