/** The requests under way on a door: which connections are busy, and when everybody is answered. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests that one connection may have under way at once; MCP clients send one. */
const MAX_PIPELINED = 16;

/** One request, from its headers to the end of its answer. */
export interface Exchange {
  /** Aborted when the client goes away before it is answered in full. */
  readonly signal: AbortSignal;
  /** Calls back when it is answered in full, or the client has gone. */
  onEnd(listener: () => void): void;
}

/** All exchanges of one door. */
export class Exchanges {
  readonly #bySocket = new Map<Socket, Set<OpenExchange>>();
  #unanswered = 0;
  #isLeaving = false;
  #waiting: (() => void)[] = [];

  /**
   * Takes in a request; nothing, and the connection is cut, when too many are under way on it. Nobody
   * waits for the end of a request that opens a standing stream.
   */
  take({ socket }: IncomingMessage, response: ServerResponse, isStanding: boolean): Exchange | undefined {
    const exchange = new OpenExchange(response, isStanding);
    const open = this.#bySocket.get(socket) ?? this.#meet(socket);
    if (open.size >= MAX_PIPELINED) {
      socket.destroy();
      return undefined;
    }
    open.add(exchange);
    if (this.#isLeaving) exchange.askToLeave();
    if (!isStanding) this.#unanswered += 1;
    response.once('close', () => this.#end(open, exchange));
    return exchange;
  }

  /** Every answer that is not begun yet is the last on its connection: the client goes elsewhere. */
  askToLeave(): void {
    this.#isLeaving = true;
    for (const open of this.#bySocket.values()) for (const exchange of open) exchange.askToLeave();
  }

  /** Whether something is under way on a connection. */
  isBusy(socket: Socket): boolean {
    return (this.#bySocket.get(socket)?.size ?? 0) > 0;
  }

  /** Requests that wait for an answer. */
  get unanswered(): number {
    return this.#unanswered;
  }

  /** Resolves as soon as nobody waits for an answer. */
  settled(): Promise<void> {
    if (this.#unanswered === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** A response that still waits behind another on its connection is not told when that closes. */
  #meet(socket: Socket): Set<OpenExchange> {
    const open = new Set<OpenExchange>();
    this.#bySocket.set(socket, open);
    socket.once('close', () => {
      this.#bySocket.delete(socket);
      for (const exchange of open) this.#end(open, exchange);
    });
    return open;
  }

  #end(open: Set<OpenExchange>, exchange: OpenExchange): void {
    if (!open.delete(exchange)) return;
    exchange.end();
    if (exchange.isStanding) return;
    this.#unanswered -= 1;
    if (this.#unanswered === 0) for (const go of this.#waiting.splice(0)) go();
  }
}

class OpenExchange implements Exchange {
  readonly isStanding: boolean;
  readonly #response: ServerResponse;
  readonly #controller = new AbortController();
  readonly #listeners: (() => void)[] = [];

  constructor(response: ServerResponse, isStanding: boolean) {
    this.#response = response;
    this.isStanding = isStanding;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  askToLeave(): void {
    if (!this.#response.headersSent) this.#response.setHeader('connection', 'close');
  }

  onEnd(listener: () => void): void {
    this.#listeners.push(listener);
  }

  end(): void {
    if (!this.#response.writableFinished) this.#controller.abort();
    for (const listener of this.#listeners) listener();
  }
}
