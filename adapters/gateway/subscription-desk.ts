/** Answers `resources/subscribe` and `resources/unsubscribe` of sessions (2025-11-25 and older). */
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

import type { Caller, CodeMode, JsonObject } from '../../core/index.js';
import type { ClientRequest } from './client-request.js';
import { followResource } from './followed-resource.js';
import { invalidRequest, withUri, wireError } from './wire-error.js';

/** How many resources one session, or one stream, may listen to. */
export const MAX_SUBSCRIPTIONS = 1_000;

/** Subscribes. An update is told to the session, not to the request that subscribed. */
export class SubscriptionDesk {
  readonly #codeMode: CodeMode;

  constructor(codeMode: CodeMode) {
    this.#codeMode = codeMode;
  }

  async subscribe(request: ClientRequest): Promise<JsonObject> {
    const uri = uriOf(request);
    const { subscriptions } = request.connection;
    if (subscriptions === undefined || subscriptions.stops.has(uri)) return {};
    const { stops } = subscriptions;
    if (stops.size >= MAX_SUBSCRIPTIONS) throw tooMany();
    await this.#checkReadable(uri, request);
    const stop = followResource(this.#codeMode, {
      uri,
      caller: request.caller,
      tell: () => subscriptions.tell(uri),
      ended: () => {
        if (stops.get(uri) === stop) stops.delete(uri);
      },
    });
    stops.get(uri)?.();
    stops.set(uri, stop);
    return {};
  }

  unsubscribe(request: ClientRequest): JsonObject {
    const uri = uriOf(request);
    const stops = request.connection.subscriptions?.stops;
    stops?.get(uri)?.();
    stops?.delete(uri);
    return {};
  }

  /** Only who may read a resource is told of it. */
  async #checkReadable(uri: string, request: ClientRequest): Promise<void> {
    try {
      await this.#codeMode.checkRead(uri, request.caller);
      if (await isListed(this.#codeMode, uri, request.caller)) return;
      await this.#codeMode.requestContext('resources/read', { uri }, request.context());
    } catch (error) {
      throw withUri(wireError(error), uri);
    }
  }
}

/** Whether it is among the resources that the caller is listed. */
export async function isListed(codeMode: CodeMode, uri: string, caller: Caller): Promise<boolean> {
  const resources = await codeMode.listContext('resources', caller);
  return resources.some((resource) => resource['uri'] === uri);
}

function uriOf({ method, params: { uri } }: ClientRequest): string {
  if (typeof uri !== 'string') throw invalidRequest(method, '"uri" must be a text');
  return uri;
}

function tooMany(): ProtocolError {
  const words = `a session listens to ${String(MAX_SUBSCRIPTIONS)} resources at most`;
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `Too many subscriptions: ${words}`);
}
