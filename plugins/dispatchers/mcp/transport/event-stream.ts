/** Reads server-sent events (WHATWG HTML, section 9.2.6), within bounds. */
import type { IncomingMessage } from 'node:http';

import { OverlongAnswerError } from './bounded-fetch.js';
import { LineSplitter, type LineTaker } from './line-splitter.js';

/** One event of the type `message`. */
export interface ServerEvent {
  readonly data: string;
  /** The last id that the stream has given. */
  readonly id: string | undefined;
  /** Milliseconds to wait before the stream is taken up again, as the stream said last. */
  readonly retryMs: number | undefined;
}

/** Hands each event on. Resolves when the stream ends, rejects when it breaks off or an event is longer than the bound. */
export function readEvents(
  answer: IncomingMessage,
  maxBytes: number,
  take: (event: ServerEvent) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const overlong = (): void => void answer.destroy(new OverlongAnswerError(maxBytes));
    const lines = new LineSplitter(maxBytes, new EventLines(maxBytes, take, overlong));
    answer.on('data', (chunk: Buffer) => {
      lines.push(chunk);
      if (lines.pendingBytes > maxBytes) overlong();
    });
    answer.on('end', resolve);
    answer.on('error', reject);
  });
}

/** Makes events of lines. */
class EventLines implements LineTaker {
  readonly #maxBytes: number;
  readonly #take: (event: ServerEvent) => void;
  readonly overlong: () => void;
  #data: string[] = [];
  #length = 0;
  #type = '';
  #id: string | undefined;
  #retryMs: number | undefined;

  constructor(maxBytes: number, take: (event: ServerEvent) => void, overlong: () => void) {
    this.#maxBytes = maxBytes;
    this.#take = take;
    this.overlong = overlong;
  }

  line(text: string): void {
    const line = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (line === '') {
      this.#dispatch();
      return;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(line[colon + 1] === ' ' ? colon + 2 : colon + 1);
    if (field === 'data') this.#add(value);
    else if (field === 'event') this.#type = value;
    else if (field === 'id') this.#id = value;
    else if (field === 'retry' && /^\d{1,9}$/.test(value)) this.#retryMs = Number(value);
  }

  #add(value: string): void {
    this.#data.push(value);
    this.#length += value.length;
    if (this.#length > this.#maxBytes) this.overlong();
  }

  #dispatch(): void {
    const [data, type] = [this.#data.join('\n'), this.#type];
    this.#data = [];
    this.#length = 0;
    this.#type = '';
    if (type === '' || type === 'message') this.#take({ data, id: this.#id, retryMs: this.#retryMs });
  }
}
