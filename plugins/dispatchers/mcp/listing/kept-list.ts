/** A list of a server as it was read last; read again when it may have changed, once at a time. */
import type { Connection } from '../connection/connection.js';
import type { ItemList } from './item-list.js';

/** Reads the list of a connection. */
export type ListReader<T> = (connection: Connection, signal: AbortSignal) => Promise<ItemList<T>>;

/** One list; it stays as it was while the server is down. */
export class KeptList<T> {
  readonly #read: ListReader<T>;
  #items: readonly T[] = [];
  #problems: readonly string[] = [];
  #stale = false;
  #reading: Connection | undefined;

  constructor(read: ListReader<T>) {
    this.#read = read;
  }

  /** The same array until an item changed, so that what was derived from it can be kept. */
  get items(): readonly T[] {
    return this.#items;
  }

  /** What is wrong with some of it. */
  get problems(): readonly string[] {
    return this.#problems;
  }

  /** Asks for another reading. */
  doubt(): void {
    this.#stale = true;
  }

  /** Reads it. Rejects when it cannot be had; `isUsed` tells whether the connection still is the one in use. */
  async read(connection: Connection, signal: AbortSignal, isUsed = (): boolean => true): Promise<void> {
    this.#stale = false;
    const { items, problems } = await this.#read(connection, signal);
    signal.throwIfAborted();
    if (!isUsed()) return;
    if (JSON.stringify(items) !== JSON.stringify(this.#items)) this.#items = items;
    this.#problems = problems;
  }

  /** Reads it for as long as somebody asked for another reading; does nothing while it is being read. */
  async renew(connection: Connection, signal: AbortSignal, isUsed: () => boolean): Promise<void> {
    if (this.#reading === connection) return;
    this.#reading = connection;
    try {
      while (isUsed() && this.#stale) await this.read(connection, signal, isUsed);
    } finally {
      if (this.#reading === connection) this.#reading = undefined;
    }
  }
}
