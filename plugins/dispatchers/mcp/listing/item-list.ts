/**
 * Reads a list of a server to its end, within bounds, item by item.
 *
 * The SDK's own listing strips the fields that it does not know, and refuses the whole list for one bad
 * item. Here a bad one is left out with a diagnostic, and the others stay as they came.
 */
import { isDeeperThan, isRecord } from '../message/loose-json.js';

const MAX_PAGES = 200;
const MAX_ITEMS = 10_000;
const MAX_DEPTH = 100;

/** What a server lists, and what is wrong with some of it. */
export interface ItemList<T> {
  readonly items: readonly T[];
  readonly problems: readonly string[];
}

/** A kind of items. */
export interface ItemKind<T> {
  /** The request that lists them. */
  readonly method: string;
  /** The field of the answer that holds them. */
  readonly field: string;
  /** What one is called in diagnostics. */
  readonly noun: string;
  /** The field that tells them apart, and its longest value. */
  readonly key: string;
  readonly maxKeyLength: number;
  /** Puts right what clients would refuse, where it is plain what is meant, with a line that says so. */
  repair?(item: Record<string, unknown>): Repaired<Record<string, unknown>> | undefined;
  /** Why clients would refuse a list with this item in it; nothing when they would not. */
  judge(item: Record<string, unknown>): string | undefined;
  /** Leaves out of a good item what clients would stumble over, with a line that says so. */
  mend?(item: T): Repaired<T> | undefined;
}

/** An item with something put right, and what that was. */
export interface Repaired<T> {
  readonly item: T;
  readonly problem: string;
}

/** Sends a request that lists; the answer as it came. */
export type Asking = (method: string, params: { readonly cursor?: string }) => Promise<unknown>;

/** Lists all items of a kind. Rejects when a page cannot be had. */
export async function listItems<T>(kind: ItemKind<T>, ask: Asking): Promise<ItemList<T>> {
  const reading = new Reading(kind);
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    cursor = reading.take(await ask(kind.method, cursor === undefined ? {} : { cursor }));
    if (cursor === undefined) return reading.list();
    if (seen.has(cursor))
      return reading.list(`lists the same page of ${kind.field} again and again: the rest is left out`);
    seen.add(cursor);
  }
  return reading.list(`lists more than ${MAX_PAGES} pages of ${kind.field}: the rest is left out`);
}

class Reading<T> {
  readonly #kind: ItemKind<T>;
  readonly #items = new Map<string, T>();
  readonly #problems: string[] = [];

  constructor(kind: ItemKind<T>) {
    this.#kind = kind;
  }

  /** Takes a page; answers the cursor of the next. */
  take(page: unknown): string | undefined {
    const { method, field } = this.#kind;
    const items = isRecord(page) ? page[field] : undefined;
    if (!isRecord(page) || !Array.isArray(items))
      throw new UnusableListError(`answered ${method} without a list of ${field}`);
    for (const item of items) this.#add(item);
    const { nextCursor } = page;
    return typeof nextCursor === 'string' && nextCursor !== '' && this.#items.size < MAX_ITEMS
      ? nextCursor
      : undefined;
  }

  list(problem?: string): ItemList<T> {
    const problems = problem === undefined ? this.#problems : [...this.#problems, problem];
    return { items: [...this.#items.values()], problems };
  }

  #add(listed: unknown): void {
    const item = this.#repaired(listed);
    const fault = this.#faultOf(item);
    if (fault !== undefined) this.#problems.push(`${this.#labelOf(item)} is left out: ${fault}`);
    else if (this.#items.size < MAX_ITEMS) this.#keep(item as T & Record<string, unknown>);
  }

  #repaired(item: unknown): unknown {
    const repaired = isRecord(item) ? this.#kind.repair?.(item) : undefined;
    if (repaired === undefined) return item;
    this.#problems.push(`${this.#labelOf(item)} ${repaired.problem}`);
    return repaired.item;
  }

  #keep(item: T & Record<string, unknown>): void {
    const key = String(item[this.#kind.key]);
    if (this.#items.has(key)) {
      this.#problems.push(`${this.#labelOf(item)} is listed twice: the first counts`);
      return;
    }
    const mended = this.#kind.mend?.(item);
    if (mended !== undefined) this.#problems.push(`${this.#labelOf(item)} ${mended.problem}`);
    this.#items.set(key, mended?.item ?? item);
  }

  #faultOf(item: unknown): string | undefined {
    const { key, maxKeyLength } = this.#kind;
    if (!isRecord(item)) return 'it is no object';
    const value = item[key];
    if (typeof value !== 'string' || value === '') return `"${key}" must be a text that is not empty`;
    if (value.length > maxKeyLength) return `"${key}" has more than ${maxKeyLength} characters`;
    return isDeeperThan(MAX_DEPTH, item)
      ? `it nests deeper than ${MAX_DEPTH} levels`
      : this.#kind.judge(item);
  }

  #labelOf(item: unknown): string {
    const { noun, key } = this.#kind;
    const value = isRecord(item) ? item[key] : undefined;
    return typeof value === 'string'
      ? `${noun} ${JSON.stringify(value.slice(0, 80))}`
      : `a ${noun} without a ${key}`;
  }
}

/** A server answered a request for a list with something else. */
export class UnusableListError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UnusableListError';
  }
}
