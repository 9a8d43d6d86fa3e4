/** Lets so many calls through at once, the others in the order in which they came. */

/** Called when it is a call's turn; answers whether it takes the place. */
type Turn = () => boolean;

/** The queue of one script. */
export class CallQueue {
  readonly #width: number;
  readonly #waiting: Turn[] = [];
  #next = 0;
  #inside = 0;

  constructor(width: number) {
    this.#width = width;
  }

  /** Calls `turn` when there is room, at once if there is now. Whoever took a place must {@link leave}. */
  enter(turn: Turn): void {
    if (this.#inside >= this.#width) this.#waiting.push(turn);
    else if (turn()) this.#inside += 1;
  }

  /** Gives the place to the next who takes it. */
  leave(): void {
    this.#inside -= 1;
    while (this.#inside < this.#width && this.#next < this.#waiting.length) {
      const turn = this.#waiting[this.#next]!;
      this.#next += 1;
      if (turn()) this.#inside += 1;
    }
    if (this.#next === this.#waiting.length) {
      this.#waiting.length = 0;
      this.#next = 0;
    }
  }
}
