/** Calls that wait until they are answered together. */
import type { ToolReply } from '../script-runtime.js';
import type { RecordedCall } from './recording-host.js';

/** Answers each call with its argument `text`, when told to. */
export class HeldAnswers {
  readonly #held: (() => void)[] = [];
  #wanted = 0;
  #reached = (): void => undefined;

  /** How many calls wait. */
  get waiting(): number {
    return this.#held.length;
  }

  /** An answer for a host. */
  readonly hold = ({ args }: RecordedCall): Promise<ToolReply> =>
    new Promise((resolve) => {
      this.#held.push(() => {
        resolve({ json: args.text ?? null });
      });
      if (this.waiting >= this.#wanted) this.#reached();
    });

  /** Settles when so many calls wait. */
  reach(calls: number): Promise<void> {
    this.#wanted = calls;
    if (this.waiting >= calls) return Promise.resolve();
    return new Promise((resolve) => {
      this.#reached = resolve;
    });
  }

  /** Answers all that wait, the last first. */
  answerBackwards(): void {
    for (const answer of this.#held.splice(0).reverse()) answer();
  }
}
