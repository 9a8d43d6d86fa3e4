/** Keeps what came last, as much as fits. */
export class BoundedMap<Value> {
  readonly #most: number;
  readonly #dropped: (value: Value) => void;
  /** The oldest first. */
  readonly #entries = new Map<string, Value>();

  /** `dropped` hears of each that had to go for another. */
  constructor(most: number, dropped: (value: Value) => void = () => undefined) {
    this.#most = most;
    this.#dropped = dropped;
  }

  get(key: string): Value | undefined {
    return this.#entries.get(key);
  }

  /** Puts it last. */
  set(key: string, value: Value): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.#most) this.#dropOldest();
  }

  /** Answers it, and forgets it. */
  take(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) this.#entries.delete(key);
    return value;
  }

  /** Drops all. */
  clear(): void {
    for (const value of this.#entries.values()) this.#dropped(value);
    this.#entries.clear();
  }

  #dropOldest(): void {
    for (const [key, value] of this.#entries) {
      this.#entries.delete(key);
      this.#dropped(value);
      return;
    }
  }
}
