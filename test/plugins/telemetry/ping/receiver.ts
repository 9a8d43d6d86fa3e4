/** A place that pings arrive at: a real server that answers as it is told, and keeps the bytes. */
import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

/** What the server answers to a whole request: bytes, or nothing at all. */
export type Answer = (socket: Socket) => void;

/** Answers with a status and nothing else. */
export function status(line: string, ...headers: string[]): Answer {
  return (socket) => socket.end([`HTTP/1.1 ${line}`, 'Content-Length: 0', ...headers, '', ''].join('\r\n'));
}

/** Takes everything and says nothing. */
export const silence: Answer = () => undefined;

/** Listens on a port of its own choice. */
export class Receiver {
  readonly requests: string[] = [];
  answer: Answer = status('204 No Content');
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #waiting: (() => void)[] = [];

  private constructor(server: Server) {
    this.#server = server;
    server.on('connection', (socket) => {
      this.#take(socket);
    });
  }

  static async start(): Promise<Receiver> {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Receiver(server);
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${String(this.port)}/ping?of=us`;
  }

  /** Bodies of the requests, parsed. */
  get bodies(): Record<string, unknown>[] {
    return this.requests.map((text) => JSON.parse(text.split('\r\n\r\n')[1]!) as Record<string, unknown>);
  }

  /** Waits until so many requests have come whole. */
  async got(count: number): Promise<void> {
    while (this.requests.length < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket);
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      if (!isWhole(text)) return;
      this.requests.push(text);
      this.answer(socket);
      for (const wake of this.#waiting.splice(0)) wake();
    });
  }
}

function isWhole(text: string): boolean {
  const [head = '', body] = text.split('\r\n\r\n');
  const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0);
  return body !== undefined && body.length >= length;
}
