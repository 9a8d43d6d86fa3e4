/** Serves any number of clients, of either era, over Streamable HTTP on one address. */
import type { IncomingMessage, ServerResponse } from 'node:http';

import { systemClock, type Clock } from '../../../core/index.js';
import { inTime, lingerTime, pause, type DrainOptions } from '../drain.js';
import type { Served } from '../protocol-server.js';
import { Endpoint, opensStream } from './endpoint.js';
import { Exchanges } from './exchanges.js';
import { checkExposure } from './exposure.js';
import { Health } from './health.js';
import { listen, type Listener } from './listener.js';
import { httpBounds, type HttpOptions } from './options.js';
import { Entrance } from './entrance.js';
import { closing, refusal } from './refusal.js';
import { sendReply } from './reply.js';

/** An address that is served. */
export interface HttpDoor {
  readonly url: string;
  /**
   * Says on `/readyz` that it goes, and with each answer that its connection ends. Takes requests for
   * `delayMs` more, then no more connections; those that are kept may still bring a request for a while. Waits
   * until all requests are answered. Answers whether they were. May be called again, to wait on; what comes
   * after the first time is refused with 503.
   */
  drain(options: DrainOptions): Promise<boolean>;
  /** Cuts all connections. */
  close(): Promise<void>;
}

/** Listens; rejects with `config/invalid` for a host that others reach and that nothing guards. */
export async function openHttpDoor(
  served: Served,
  options: HttpOptions,
  report: (error: Error) => void,
): Promise<HttpDoor> {
  checkExposure(options);
  const door = new OpenHttpDoor(served, options, report);
  await door.open();
  return door;
}

const DEFAULT_PATH = '/mcp';

class OpenHttpDoor implements HttpDoor {
  readonly #options: HttpOptions;
  readonly #report: (error: Error) => void;
  readonly #clock: Clock = systemClock;
  readonly #health: Health;
  readonly #endpoint: Endpoint;
  readonly #entrance: Entrance;
  readonly #exchanges = new Exchanges();
  #listener: Listener | undefined;
  #stopped: Promise<void> | undefined;
  #isDrained = false;

  constructor(served: Served, options: HttpOptions, report: (error: Error) => void) {
    const bounds = httpBounds(options);
    this.#options = options;
    this.#report = report;
    this.#health = new Health(served.codeMode, options.readyWhen ?? 'started');
    this.#endpoint = new Endpoint(served, bounds, report);
    this.#entrance = new Entrance(this.#path, options, bounds, this.#health, this.#endpoint);
  }

  get url(): string {
    return `${this.#listener?.origin ?? ''}${this.#path}`;
  }

  get #path(): string {
    return this.#options.path ?? DEFAULT_PATH;
  }

  async open(): Promise<void> {
    this.#listener = await listen(this.#options, httpBounds(this.#options), {
      isBusy: (socket) => this.#exchanges.isBusy(socket),
      handle: (request, response) => void this.#handle(request, response),
    });
  }

  async drain(options: DrainOptions): Promise<boolean> {
    this.#stopped ??= this.#stop(options);
    const answered = this.#stopped.then(() => this.#exchanges.settled());
    const inGoodTime = await inTime(answered, options.withinMs, this.#clock);
    this.#isDrained = true;
    return inGoodTime;
  }

  async close(): Promise<void> {
    await this.#endpoint.close();
    await this.#listener?.close();
    await this.#options.authenticator?.close?.();
  }

  async #stop(options: DrainOptions): Promise<void> {
    this.#health.drain();
    this.#exchanges.askToLeave();
    await pause(options.delayMs ?? 0, this.#clock);
    const emptied = this.#listener?.stop() ?? Promise.resolve();
    await this.#endpoint.endStreams();
    await inTime(emptied, lingerTime(options), this.#clock);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const exchange = this.#exchanges.take(request, response, opensStream(request));
    if (exchange === undefined) return;
    try {
      if (this.#isDrained) await sendReply(closing(), response, 0);
      else await this.#entrance.receive({ incoming: request, response, exchange });
    } catch (thrown) {
      this.#report(thrown instanceof Error ? thrown : new Error(String(thrown)));
      if (response.headersSent) response.destroy();
      else await sendReply(refusal(500, 'Internal server error'), response, 0);
    }
  }
}
