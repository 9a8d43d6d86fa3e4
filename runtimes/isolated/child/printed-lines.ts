/** Printed lines on their way: many make one message. */
const MOST_LINES = 500;

/** Keeps lines until something else is said, or for one turn of the event loop. */
export class PrintedLines {
  readonly #send: (lines: readonly string[]) => void;
  #lines: string[] = [];

  constructor(send: (lines: readonly string[]) => void) {
    this.#send = send;
  }

  add(line: string): void {
    if (this.#lines.length === 0) setImmediate(() => this.flush());
    this.#lines.push(line);
    if (this.#lines.length >= MOST_LINES) this.flush();
  }

  /** Sends what there is. */
  flush(): void {
    if (this.#lines.length === 0) return;
    const lines = this.#lines;
    this.#lines = [];
    this.#send(lines);
  }
}
