/** A receiver of OTLP over HTTP: reads protobuf and JSON, gzip or not, and can behave badly. */
import { EventEmitter, once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { readMessage, type ReceivedPoint, type ReceivedSpan } from './otlp-message.js';

export type { ReceivedPoint, ReceivedSpan } from './otlp-message.js';

/** What is done with a request: taken, answered with a status, never answered, or cut off. */
export type Manner =
  'take' | 'hang' | 'cut' | { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** One request. */
export interface ReceivedRequest {
  readonly signal: 'traces' | 'metrics';
  readonly headers: IncomingHttpHeaders;
  /** Unpacked. */
  readonly body: Buffer;
}

/** One receiver. */
export class OtlpReceiver {
  /** All that was taken, in the order of its coming. */
  readonly spans: ReceivedSpan[] = [];
  /** All that was sent, refused or not. */
  readonly requests: ReceivedRequest[] = [];
  /** What was taken last. */
  points: readonly ReceivedPoint[] = [];
  manner: Manner = 'take';
  readonly #server: Server;
  readonly #news = new EventEmitter();

  private constructor(server: Server) {
    this.#server = server;
    this.#news.setMaxListeners(0);
    server.on('request', (request, response) => void this.#receive(request, response));
  }

  /** At any free port, or at one that was free before. */
  static async start(port = 0): Promise<OtlpReceiver> {
    const server = createServer();
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return new OtlpReceiver(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}`;
  }

  /** Waits for the requests that make it so. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await once(this.#news, 'request');
  }

  /** The values of a metric, summed over the series that have these attributes. */
  total(name: string, wanted: Readonly<Record<string, unknown>> = {}): number {
    return this.points
      .filter((point) => point.name === name)
      .filter(({ attributes }) => Object.entries(wanted).every(([key, value]) => attributes[key] === value))
      .reduce((sum, { value }) => sum + value, 0);
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const sent = await buffer(request).catch(() => undefined);
    const signal = /^\/(?:prefix\/)?v1\/(traces|metrics)$/.exec(request.url ?? '')?.[1];
    if (sent === undefined) return;
    if (request.method !== 'POST' || signal === undefined) {
      response.writeHead(404).end();
      return;
    }
    this.#take(signal as 'traces' | 'metrics', request.headers, sent);
    this.#reply(response, request.headers['content-type'] ?? '');
    this.#news.emit('request');
  }

  #take(signal: 'traces' | 'metrics', headers: IncomingHttpHeaders, sent: Buffer): void {
    const body = headers['content-encoding'] === 'gzip' ? gunzipSync(sent) : sent;
    this.requests.push({ signal, headers, body });
    if (this.manner !== 'take') return;
    const { spans, points } = readMessage(signal, headers['content-type'] ?? '', body);
    this.spans.push(...spans);
    if (signal === 'metrics') this.points = points;
  }

  #reply(response: ServerResponse, contentType: string): void {
    if (this.manner === 'hang') return;
    if (this.manner === 'cut') response.destroy();
    else if (this.manner === 'take') {
      response.writeHead(200, { 'content-type': contentType });
      response.end(contentType === 'application/json' ? '{}' : '');
    } else response.writeHead(this.manner.status, this.manner.headers).end();
  }
}
