/**
 * Tells which client a message of a server is for.
 *
 * One connection serves every caller, and a question shown to the wrong one is a leak: what is not certain
 * is not passed on. Streamable HTTP says it, by the stream on which a message comes. Where nothing says it
 * (stdio, the stream that belongs to no request) it is certain only while all requests that the server may
 * be at work on are of one client.
 */
import type { Exchange } from './exchange.js';
import type { MessageOrigin } from '../transport/message-origin.js';
import { isSameClient, type RequestOwner } from '../clients/request-owner.js';

/** The owner of the request that a message belongs to, or why that is not known. */
export function attribute(origin: MessageOrigin | undefined, exchange: Exchange): RequestOwner | string {
  if (origin?.stream !== undefined)
    return exchange.ownerOf(origin.stream) ?? 'the request that it belongs to is not under way';
  let owner: RequestOwner | undefined;
  for (const each of exchange.owners()) {
    if (owner !== undefined && !isSameClient(owner, each))
      return 'requests of several clients are under way, and it does not say which of them it belongs to';
    owner = each;
  }
  if (owner === undefined || owner.signal.aborted) return 'no request is under way';
  return owner;
}
