/** A client of the console that sends what it is told, headers that no browser lets a page set too. */
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

import type { ConsoleMessage } from '../../../../adapters/console/api.js';
import type { ConsoleDoor } from '../../../../adapters/console/server/index.js';

/** One request; the token is sent unless `authorization` says otherwise. */
export interface Sent {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly authorization?: string;
}

/** What was answered. */
export interface Answered {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
  readonly json: unknown;
}

/** Sends one request and reads its answer whole. */
export async function ask(door: ConsoleDoor, sent: Sent): Promise<Answered> {
  const response = await open(door, sent);
  const body = await text(response);
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    text: body,
    get json(): unknown {
      return JSON.parse(body);
    },
  };
}

/** Sends a body as JSON. */
export function post(door: ConsoleDoor, path: string, value: unknown): Promise<Answered> {
  const headers = { 'content-type': 'application/json' };
  return ask(door, { method: 'POST', path, headers, body: JSON.stringify(value) });
}

/** Follows the event stream until it has told what is waited for. */
export async function follow(
  door: ConsoleDoor,
  until: (message: ConsoleMessage) => boolean,
  begun: () => Promise<unknown>,
): Promise<readonly ConsoleMessage[]> {
  const response = await open(door, { path: '/api/events' });
  response.setEncoding('utf8');
  const messages: ConsoleMessage[] = [];
  let rest = '';
  let isBegun = false;
  for await (const piece of response as AsyncIterable<string>) {
    if (!isBegun) void begun();
    isBegun = true;
    const events = (rest + piece).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      if (event.startsWith('data: ')) messages.push(JSON.parse(event.slice(6)) as ConsoleMessage);
    }
    if (messages.some(until)) break;
  }
  response.destroy();
  return messages;
}

function open({ port, token }: ConsoleDoor, sent: Sent): Promise<IncomingMessage> {
  const { method = 'GET', path, headers = {}, body, authorization = `Bearer ${token}` } = sent;
  return new Promise((resolve, reject) => {
    const asked = request({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { authorization, ...headers },
      agent: false,
    });
    asked.on('response', resolve).on('error', reject);
    asked.end(body);
  });
}
