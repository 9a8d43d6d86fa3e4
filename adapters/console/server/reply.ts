/** Answers, and the headers that all of them carry. */
import type { ServerResponse } from 'node:http';

import type { ConsoleFault } from '../api.js';
import type { RouteFault } from './fault.js';

/** The page loads what this server sends and nothing else, runs no text as code, and stands in no frame. */
const CONTENT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

/** On every answer. */
export const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': CONTENT_POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
};

/** Answers with bytes of a type. */
export function send(
  response: ServerResponse,
  type: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(200, { ...HEADERS, 'content-type': type, ...headers }).end(body);
}

/** Answers with JSON. */
export function sendJson(response: ServerResponse, value: unknown): void {
  send(response, 'application/json; charset=utf-8', JSON.stringify(value));
}

/** Says why there is no answer. The rest of a body that is on its way is not read. */
export function sendFault(response: ServerResponse, { status, code, message }: RouteFault): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const fault: ConsoleFault = { code, message };
  const body = JSON.stringify(fault);
  const headers = { ...HEADERS, 'content-type': 'application/json; charset=utf-8', connection: 'close' };
  response.writeHead(status, headers).end(body);
}
