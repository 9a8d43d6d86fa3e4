/**
 * Messages as bytes: four of length, one of form, then JSON in UTF-8.
 *
 * A length is judged before anything of the message is kept, so that nobody can make the other side hoard.
 * JSON has no bigints: a message that has some is written in the second form, where a text that begins with
 * NUL says what it stands for.
 */
const HEADER_BYTES = 5;
const PLAIN = 0;
const MARKED = 1;
const MARK = '\u0000';

/** A message that is none. */
export class FrameError extends Error {}

/** The bytes of a message. Throws a RangeError for what is too deep or too long to be written. */
export function frameOf(message: object): Buffer {
  const { form, text } = textOf(message);
  const size = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(HEADER_BYTES + size);
  frame.writeUInt32LE(size, 0);
  frame[4] = form;
  frame.write(text, HEADER_BYTES);
  return frame;
}

/** Puts messages together again as their bytes come. */
export class FrameReader {
  readonly #maxBytes: () => number;
  readonly #take: (message: unknown) => void;
  #chunks: Buffer[] = [];
  #held = 0;
  /** Bytes that the next step needs: a header, or the whole frame. */
  #wanted = HEADER_BYTES;

  /** `maxBytes` is asked for each message. */
  constructor(maxBytes: () => number, take: (message: unknown) => void) {
    this.#maxBytes = maxBytes;
    this.#take = take;
  }

  /** Throws a {@link FrameError} for what is no message, or too large a one. */
  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#held += chunk.length;
    while (this.#held >= this.#wanted) this.#step();
  }

  #step(): void {
    const held = this.#joined();
    const size = held.readUInt32LE(0);
    if (size > this.#maxBytes()) throw new FrameError(`a message of ${String(size)} bytes`);
    const end = HEADER_BYTES + size;
    this.#wanted = end;
    if (held.length < end) return;
    this.#chunks = [held.subarray(end)];
    this.#held -= end;
    this.#wanted = HEADER_BYTES;
    this.#take(messageOf(held[4]!, held.toString('utf8', HEADER_BYTES, end)));
  }

  #joined(): Buffer {
    const joined = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks);
    this.#chunks = [joined];
    return joined;
  }
}

function textOf(message: object): { form: number; text: string } {
  try {
    return { form: PLAIN, text: JSON.stringify(message) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { form: MARKED, text: JSON.stringify(message, marked) };
  }
}

function marked(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return `${MARK}n${value.toString()}`;
  return typeof value === 'string' && value.startsWith(MARK) ? `${MARK}s${value}` : value;
}

function messageOf(form: number, text: string): unknown {
  try {
    return form === PLAIN ? JSON.parse(text) : JSON.parse(text, unmarked);
  } catch {
    throw new FrameError('a message that is no JSON');
  }
}

function unmarked(_key: string, value: unknown): unknown {
  if (typeof value !== 'string' || !value.startsWith(MARK)) return value;
  return value[1] === 'n' ? BigInt(value.slice(2)) : value.slice(2);
}
