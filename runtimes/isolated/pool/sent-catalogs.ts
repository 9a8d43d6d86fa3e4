/** The catalogs that one child has: each is sent once, and the oldest are taken from it again. */
import type { ToolCatalog } from '../../../core/index.js';
import type { ToChild } from '../wire/message.js';

/** Catalogs that a child holds at the most. */
const MOST_CATALOGS = 16;

/** Numbers of the catalogs of one child. */
export class SentCatalogs {
  readonly #numbers = new Map<ToolCatalog, number>();
  readonly #send: (message: ToChild) => void;
  #last = 0;

  constructor(send: (message: ToChild) => void) {
    this.#send = send;
  }

  /** The number of a catalog that the child has by then. */
  numberOf(catalog: ToolCatalog): number {
    const known = this.#numbers.get(catalog);
    const number = known ?? this.#sent(catalog);
    // The last used is the last in the map.
    this.#numbers.delete(catalog);
    this.#numbers.set(catalog, number);
    return number;
  }

  #sent(catalog: ToolCatalog): number {
    const number = (this.#last += 1);
    this.#send({ type: 'catalog', catalog: number, tools: catalog.tools });
    const [oldest] = this.#numbers;
    if (oldest !== undefined && this.#numbers.size >= MOST_CATALOGS) {
      this.#numbers.delete(oldest[0]);
      this.#send({ type: 'forget', catalog: oldest[1] });
    }
    return number;
  }
}
