/** The last words of a child: whether it died of memory stands there and nowhere else. */
import type { Readable } from 'node:stream';

const MOST = 4_096;

/** Keeps the end of what a child writes to its standard error. */
export class StderrTail {
  #text = '';

  constructor(stream: Readable) {
    stream.setEncoding('utf8');
    stream.on('data', (text: string) => {
      this.#text = (this.#text + text).slice(-MOST);
    });
    stream.on('error', () => undefined);
  }

  /** V8 says so before it ends the process. */
  get isOutOfMemory(): boolean {
    return /heap out of memory|Out of memory|Allocation failed/.test(this.#text);
  }
}
