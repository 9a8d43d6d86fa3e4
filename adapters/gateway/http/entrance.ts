/**
 * Lets requests in: each step may answer, and what is dear comes late. Health, how many, from where, who,
 * and only then the body.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AuthInfo } from '@modelcontextprotocol/server';

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

  /** Answers a request. `signal` aborts when the client goes away; resolves when the answer is handed over. */
  async receive(incoming: IncomingMessage, response: ServerResponse, signal: AbortSignal): Promise<void> {
    const path = pathOf(incoming);
    const reply =
      this.#plainHealth(path, incoming) ??
      (await this.#flood?.refusal(this.#addresses.of(incoming))) ??
      this.#guard.refusal(incoming) ??
      this.#guard.preflight(incoming, response) ??
      (await this.#reply(path, incoming, signal));
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

  async #reply(path: string, incoming: IncomingMessage, signal: AbortSignal): Promise<Response | undefined> {
    const request = webRequest(incoming, signal);
    const own = await this.#authenticator?.answer?.(request);
    if (own !== undefined) return own;
    const isHealth = isHealthPath(path);
    if (path !== this.#path && !isHealth) return new Response(null, { status: 404 });
    const sender = await this.#authenticator?.authenticate(request);
    if (sender instanceof Response) return sender;
    if (isHealth) return this.#health.report(path, sender !== undefined);
    return this.#fetch(request, incoming, sender);
  }

  /** Nothing, when the client goes away with its body half sent. */
  async #fetch(
    request: Request,
    incoming: IncomingMessage,
    sender: AuthInfo | undefined,
  ): Promise<Response | undefined> {
    const known = sender === undefined ? {} : { authInfo: sender };
    if (request.method !== 'POST') return this.#endpoint.fetch(request, known);
    const body = await readBody(incoming, this.#bounds.maxBodyBytes);
    if (body === undefined || body instanceof Response) return body;
    if (body.json !== undefined) return this.#endpoint.fetch(request, { ...known, parsedBody: body.json });
    return this.#endpoint.fetch(webRequest(incoming, request.signal, body.text), known);
  }
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
