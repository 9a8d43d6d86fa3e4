/**
 * Records that wait for the disk, in bounded memory. What finds no room is lost: the next record that finds
 * some has one before it that says how many were, and from when to when.
 */

/** A record that waits. */
export interface WaitingRecord {
  /** The JSON text of an object, without what the chain puts before it. */
  readonly body: string;
  /** The day of it, UTC, e.g. `2026-11-23`. */
  readonly day: string;
}

/** What was lost. */
interface Gap {
  records: number;
  readonly from: string;
  to: string;
}

/** First in, first out. */
export class RecordQueue {
  readonly #maxBytes: () => number;
  #records: WaitingRecord[] = [];
  /** Of these the first so many are written. */
  #taken = 0;
  #bytes = 0;
  #gap: Gap | undefined;

  constructor(maxBytes: () => number) {
    this.#maxBytes = maxBytes;
  }

  get length(): number {
    return this.#records.length - this.#taken;
  }

  get isEmpty(): boolean {
    return this.length === 0;
  }

  /** Takes a record with its time, `{"time":"…",…}`; answers whether there was room. */
  add(time: string, rest: object): boolean {
    const body = bodyOf(time, rest);
    if (this.#bytes + body.length > this.#maxBytes()) {
      this.#gap ??= { records: 0, from: time, to: time };
      this.#gap.records += 1;
      this.#gap.to = time;
      return false;
    }
    this.tellGap(time);
    this.#push(time, body);
    return true;
  }

  /** Adds the record of what was lost, if something was. */
  tellGap(time: string): void {
    if (this.#gap === undefined) return;
    const { records, from, to } = this.#gap;
    this.#gap = undefined;
    this.#push(time, bodyOf(time, { kind: 'gap', records, from, to }));
  }

  /** The oldest, with its place in the queue from 0; undefined beyond the end. */
  at(index: number): WaitingRecord | undefined {
    return this.#records[this.#taken + index];
  }

  /** So many of the oldest are written. */
  drop(count: number): void {
    for (let index = 0; index < count; index += 1) this.#bytes -= this.at(index)?.body.length ?? 0;
    this.#taken += count;
    if (this.#taken < this.#records.length && this.#taken < MANY) return;
    this.#records = this.#records.slice(this.#taken);
    this.#taken = 0;
  }

  #push(time: string, body: string): void {
    this.#records.push({ body, day: time.slice(0, 10) });
    this.#bytes += body.length;
  }
}

/** Written records are let go in bulk. */
const MANY = 10_000;

function bodyOf(time: string, rest: object): string {
  return JSON.stringify({ time, ...rest });
}
