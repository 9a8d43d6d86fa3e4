/** A request of Node as one of the web, without its body. */
import type { IncomingMessage } from 'node:http';

/** Throws a `TypeError` for an address that is none. */
export function webRequest(incoming: IncomingMessage, signal?: AbortSignal, body?: string): Request {
  const { method = 'GET', url = '/' } = incoming;
  return new Request(new URL(url, `${schemeOf(incoming)}://${incoming.headers.host ?? 'localhost'}`), {
    method,
    headers: headersOf(incoming),
    ...(signal !== undefined && { signal }),
    ...(body !== undefined && body !== '' && { body }),
  });
}

function schemeOf({ socket }: IncomingMessage): string {
  return 'encrypted' in socket ? 'https' : 'http';
}

function headersOf({ headers }: IncomingMessage): Headers {
  const web = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string') web.set(name, value);
    else for (const item of value ?? []) web.append(name, item);
  }
  return web;
}
