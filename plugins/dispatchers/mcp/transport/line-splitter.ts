/**
 * Splits a byte stream into lines, within bounds: of a line that is too long only both ends are kept,
 * so that it can still be told what it was an answer to.
 */
const NEWLINE = 10;
const END_BYTES = 256;

/** Takes what the splitter finds. */
export interface LineTaker {
  line(text: string): void;
  /** A line beyond the bound: its first and last bytes as text, and its length in bytes. */
  overlong(head: string, tail: string, bytes: number): void;
}

/** Feeds a taker with the lines of a stream; a last line without its newline is none. */
export class LineSplitter {
  readonly #maxBytes: number;
  readonly #taker: LineTaker;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number, taker: LineTaker) {
    this.#maxBytes = maxBytes;
    this.#taker = taker;
  }

  /** The bytes of the line that has no end yet. */
  get pendingBytes(): number {
    return this.#bytes;
  }

  push(chunk: Buffer): void {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
      this.#add(chunk.subarray(start, end));
      this.#finish();
      start = end + 1;
    }
    if (start < chunk.length) this.#add(chunk.subarray(start));
  }

  #add(part: Buffer): void {
    this.#bytes += part.length;
    this.#parts.push(part);
    if (this.#bytes > this.#maxBytes && this.#parts.length > 1)
      this.#parts = ends(Buffer.concat(this.#parts));
  }

  #finish(): void {
    const bytes = this.#bytes;
    const whole = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    if (bytes <= this.#maxBytes) {
      this.#taker.line(whole.toString('utf8'));
    } else {
      this.#taker.overlong(
        whole.toString('utf8', 0, END_BYTES),
        whole.toString('utf8', whole.length - END_BYTES),
        bytes,
      );
    }
  }
}

/** Both ends, as copies: a slice would keep the whole line in memory. */
function ends(line: Buffer): Buffer[] {
  if (line.length <= 2 * END_BYTES) return [line];
  return [Buffer.from(line.subarray(0, END_BYTES)), Buffer.from(line.subarray(line.length - END_BYTES))];
}
