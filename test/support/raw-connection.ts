/** A connection of a client that need not behave. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** Everything that comes is kept as text. */
export class RawConnection {
  received = '';
  readonly socket: Socket;
  readonly #closed: Promise<unknown>;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding('latin1').on('error', () => undefined);
    this.#closed = once(socket, 'close');
  }

  static async to(url: string, options: { reads?: boolean } = {}): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    const connection = new RawConnection(socket);
    await once(socket, 'connect');
    if (options.reads !== false) socket.on('data', (text: string) => (connection.received += text));
    return connection;
  }

  send(text: string): this {
    if (!this.socket.destroyed) this.socket.write(text);
    return this;
  }

  /** Everything that came until the other side closed. */
  async closed(): Promise<string> {
    await this.#closed;
    return this.received;
  }

  /** Resolves when something has come that fits. */
  async until(pattern: RegExp): Promise<string> {
    while (!pattern.test(this.received)) {
      if (this.socket.destroyed) throw new Error(`closed before ${String(pattern)} came: ${this.received}`);
      await Promise.race([once(this.socket, 'data'), this.#closed]);
    }
    return this.received;
  }

  destroy(): void {
    this.socket.destroy();
  }
}

/** A POST of JSON, as text of HTTP/1.1. */
export function rawPost(
  body: string,
  headers: Record<string, string> = {},
  length = Buffer.byteLength(body),
): string {
  const fields = {
    host: 'localhost',
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'content-length': String(length),
    ...headers,
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return `POST /mcp HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}
