/**
 * Sends one ping, once. Of the answer the status alone is looked at; nothing is followed, nothing is read.
 * The process does not stay alive for it.
 */
import { request as askOpenly, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as askSecretly } from 'node:https';

import type { PingRequest } from './ping-request.js';

/** What became of it; `unknown` when it was sent and nobody said that it came. */
export type Fate = 'delivered' | 'failed' | 'unknown';

/** Sends a ping; the signal ends it. Never rejects. */
export function deliver(ping: PingRequest, signal: AbortSignal): Promise<Fate> {
  return new Promise((resolve) => {
    let isSent = false;
    const request = open(ping, signal);
    request.on('socket', (socket) => void socket.unref());
    request.on('finish', () => (isSent = true));
    request.on('response', (response) => {
      resolve(fateOf(response));
      response.on('error', () => undefined).destroy();
    });
    request.on('error', () => {
      resolve(isSent ? 'unknown' : 'failed');
    });
    request.end(ping.body);
  });
}

function open({ url, headers }: PingRequest, signal: AbortSignal): ClientRequest {
  const ask = url.protocol === 'https:' ? askSecretly : askOpenly;
  return ask(url, { method: 'POST', headers: Object.fromEntries(headers), agent: false, signal });
}

/** A redirection leads elsewhere than the operator said: it failed. */
function fateOf({ statusCode = 0 }: IncomingMessage): Fate {
  return statusCode >= 200 && statusCode < 300 ? 'delivered' : 'failed';
}
