/** Clients that show the JSON itself, one of each era and transport. */
import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import type { Gateway } from '../../../adapters/gateway/index.js';

/** A message of JSON-RPC. */
export interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly params?: Record<string, unknown>;
  readonly result?: Record<string, unknown>;
  readonly error?: { code: number; message: string; data?: unknown };
}

/** What comes with the requests of a client of 2026-07-28. */
export const MODERN_META = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'by hand', version: '1' },
};

/** A client that says what it can do. */
export interface RawClient {
  readonly era: 'legacy' | 'modern';
  /** Answers with what came back; what was told before is in `told`. */
  ask(method: string, params?: object, meta?: object): Promise<Message>;
  /** Everything but answers, in the order that it came. */
  readonly told: Message[];
  /** Resolves with what is told next of this kind, or was already and not yet taken. */
  next(method: string): Promise<Message>;
  /** Answers the questions of the server from now on. */
  answer(method: string, answerer: (params: unknown) => object): void;
  close(): Promise<void>;
}

type Send = (message: object) => void;

class Mailbox {
  readonly told: Message[] = [];
  readonly answers = new Map<unknown, (message: Message) => void>();
  readonly answerers = new Map<string, (params: unknown) => object>();
  #waiting: { method: string; go: (message: Message) => void }[] = [];

  take(message: Message, send: Send): void {
    if (message.method === undefined) return this.answers.get(message.id)?.(message);
    if (message.id !== undefined) {
      const result = this.answerers.get(message.method)?.(message.params);
      const error = { code: -32_601, message: 'Method not found' };
      send({ jsonrpc: '2.0', id: message.id, ...(result === undefined ? { error } : { result }) });
      return;
    }
    const index = this.#waiting.findIndex(({ method }) => method === message.method);
    if (index >= 0) this.#waiting.splice(index, 1)[0]!.go(message);
    else this.told.push(message);
  }

  next(method: string): Promise<Message> {
    const index = this.told.findIndex((message) => message.method === method);
    if (index >= 0) return Promise.resolve(this.told.splice(index, 1)[0]!);
    return new Promise((go) => this.#waiting.push({ method, go }));
  }
}

/** Over stdio. */
export async function rawStdio(
  gateway: Gateway,
  era: 'legacy' | 'modern',
  capabilities = {},
): Promise<RawClient> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const door = gateway.serveStdio({ input, output });
  const box = new Mailbox();
  const send: Send = (message) => void input.write(`${JSON.stringify(message)}\n`);
  createInterface({ input: output }).on('line', (line) => box.take(JSON.parse(line) as Message, send));
  let id = 0;
  const ask = (method: string, params: object = {}, meta: object = {}): Promise<Message> => {
    const sent = (id += 1);
    const answered = new Promise<Message>((resolve) => box.answers.set(sent, resolve));
    send({ jsonrpc: '2.0', id: sent, method, params: withMeta(era, params, capabilities, meta) });
    return answered;
  };
  if (era === 'legacy') {
    await ask('initialize', opening(capabilities));
    send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  }
  return {
    era,
    ask,
    told: box.told,
    next: (method) => box.next(method),
    answer: (method, answerer) => void box.answerers.set(method, answerer),
    close: () => door.close(),
  };
}

/** Over HTTP; a client of the legacy era has a session and listens to it. */
export async function rawHttp(url: string, era: 'legacy' | 'modern', capabilities = {}): Promise<RawClient> {
  const box = new Mailbox();
  const leaving = new AbortController();
  let session: string | null = null;
  let id = 0;
  const headers = (method = ''): Record<string, string> => ({
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': era === 'modern' ? '2026-07-28' : '2025-11-25',
    ...(era === 'modern' && { 'mcp-method': method }),
    ...(session !== null && { 'mcp-session-id': session }),
  });
  const post = async (message: object, extra = {}): Promise<void> => {
    const { method } = message as Message;
    const body = JSON.stringify(message);
    const response = await fetch(url, {
      method: 'POST',
      headers: { ...headers(method), ...extra },
      body,
      signal: leaving.signal,
    });
    session ??= response.headers.get('mcp-session-id');
    await read(response, (each) => box.take(each, (answer) => void post(answer)));
  };
  const ask = (method: string, params: object = {}, meta: object = {}): Promise<Message> => {
    const sent = (id += 1);
    const answered = new Promise<Message>((resolve) => box.answers.set(sent, resolve));
    const { name, uri } = params as { name?: string; uri?: string };
    const called = era === 'modern' ? (name ?? uri) : undefined;
    const message = { jsonrpc: '2.0', id: sent, method, params: withMeta(era, params, capabilities, meta) };
    post(message, called === undefined ? {} : { 'mcp-name': called }).catch(() => undefined);
    return answered;
  };
  if (era === 'legacy') {
    await ask('initialize', opening(capabilities));
    await post({ jsonrpc: '2.0', method: 'notifications/initialized' });
    const stream = await fetch(url, {
      headers: { ...headers(), accept: 'text/event-stream' },
      signal: leaving.signal,
    });
    void read(stream, (each) => box.take(each, (answer) => void post(answer))).catch(() => undefined);
  }
  return {
    era,
    ask,
    told: box.told,
    next: (method) => box.next(method),
    answer: (method, answerer) => void box.answerers.set(method, answerer),
    close: () => {
      leaving.abort();
      return Promise.resolve();
    },
  };
}

function withMeta(era: 'legacy' | 'modern', params: object, capabilities: object, meta: object): object {
  const own =
    era === 'modern' ? { ...MODERN_META, 'io.modelcontextprotocol/clientCapabilities': capabilities } : {};
  const all = { ...own, ...meta };
  return Object.keys(all).length === 0 ? params : { ...params, _meta: all };
}

const opening = (capabilities: object): object => ({
  protocolVersion: '2025-11-25',
  capabilities,
  clientInfo: { name: 'by hand', version: '1' },
});

async function read(response: Response, take: (message: Message) => void): Promise<void> {
  if (response.body === null) return;
  if (response.headers.get('content-type')?.startsWith('application/json') === true) {
    take((await response.json()) as Message);
    return;
  }
  let rest = '';
  for await (const part of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (rest + part).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.+)$/m.exec(event)?.[1];
      if (data !== undefined) take(JSON.parse(data) as Message);
    }
  }
}
