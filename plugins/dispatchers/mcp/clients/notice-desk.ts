/** Brings what a server tells on the way to the client that it is for: log messages, ended elicitations. */
import type { JSONRPCNotification } from '@modelcontextprotocol/client';

import { passesLevel, type ClientLink, type ClientNotice, type JsonObject } from '../../../../core/index.js';
import { isRecord } from '../message/loose-json.js';
import { withoutOwnMeta } from '../message/own-meta.js';
import type { RequestOwner } from './request-owner.js';

/** So many elicitations by URL are remembered; the oldest are forgotten. */
const MAX_ELICITATIONS = 1_000;

/** The notices of one connection. */
export class NoticeDesk {
  /** Elicitations by URL, and who was sent to it: the end may come long after the request. */
  readonly #elicitations = new Map<string, ClientLink>();

  /** Takes a notice; `owner` is whose request it belongs to, asked for where it matters. */
  take({ method, params = {} }: JSONRPCNotification, owner: () => RequestOwner | string): void {
    if (method === 'notifications/message') {
      const whose = owner();
      const client = typeof whose === 'string' ? undefined : whose.client;
      if (passesLevel(params['level'], client?.logLevel)) tell(client, method, params);
    }
    if (method === 'notifications/elicitation/complete') {
      const { elicitationId } = params;
      if (typeof elicitationId === 'string') tell(this.#elicitations.get(elicitationId), method, params);
    }
  }

  /** Remembers who is sent to a URL, from an elicitation or from an error that wants one. */
  expect(params: unknown, client: ClientLink | undefined): void {
    if (client?.notify === undefined || !isRecord(params)) return;
    const { elicitationId } = params;
    if (typeof elicitationId !== 'string') return;
    this.#elicitations.delete(elicitationId);
    this.#elicitations.set(elicitationId, client);
    if (this.#elicitations.size <= MAX_ELICITATIONS) return;
    for (const oldest of this.#elicitations.keys()) {
      this.#elicitations.delete(oldest);
      return;
    }
  }
}

function tell(client: ClientLink | undefined, method: ClientNotice['method'], params: object): void {
  client?.notify?.({ method, params: withoutOwnMeta(params as JsonObject) });
}
