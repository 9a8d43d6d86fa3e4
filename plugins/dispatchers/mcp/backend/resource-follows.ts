/** The resources of one server whose updates somebody wants to hear of; kept over reconnects. */
import type { Connection } from '../connection/connection.js';

/** Who follows what. */
export class ResourceFollows {
  readonly #listeners = new Map<string, Set<() => void>>();
  #connection: Connection | undefined;
  /** Requests go one after another: leaving a resource must not overtake following it. */
  #work: Promise<unknown> = Promise.resolve();
  readonly #signal: AbortSignal;

  /** `signal` ends it all. */
  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Calls back on updates of a resource; the server is told of the first follower and the last. */
  follow(uri: string, listener: () => void): () => void {
    const listeners = this.#listeners.get(uri) ?? new Set();
    const entry = (): void => listener();
    listeners.add(entry);
    if (listeners.size === 1) {
      this.#listeners.set(uri, listeners);
      this.#tell('resources/subscribe', uri);
    }
    return () => {
      if (!listeners.delete(entry) || listeners.size > 0) return;
      this.#listeners.delete(uri);
      this.#tell('resources/unsubscribe', uri);
    };
  }

  /** A new connection: the server knows nothing of what was followed before. */
  attach(connection: Connection): void {
    this.#connection = connection;
    if (this.#listeners.size === 0) return;
    if (connection.isModern) connection.follow(new Set(this.#listeners.keys()));
    else for (const uri of this.#listeners.keys()) this.#tell('resources/subscribe', uri);
  }

  /** A resource, or one below it, was updated. */
  updated(uri: string): void {
    for (const [followed, listeners] of this.#listeners) {
      const isIt = uri === followed || uri.startsWith(followed.endsWith('/') ? followed : `${followed}/`);
      if (isIt) for (const listener of [...listeners]) listener();
    }
  }

  #tell(method: 'resources/subscribe' | 'resources/unsubscribe', uri: string): void {
    const connection = this.#connection;
    if (connection?.capabilities.resources?.subscribe !== true) return;
    if (connection.isModern) {
      connection.follow(new Set(this.#listeners.keys()));
      return;
    }
    const tell = (): Promise<unknown> => connection.ask(method, { uri }, this.#signal);
    this.#work = this.#work.then(tell).catch(() => undefined);
  }
}
