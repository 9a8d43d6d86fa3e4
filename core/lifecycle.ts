/** Closes what was made, the last first. */

/** Something that ends. */
export interface Closable {
  close?(): Promise<void> | void;
}

/** What one composition owns. */
export class Lifecycle {
  readonly #owned: Closable[] = [];
  #closed: Promise<void> | undefined;

  /** Takes over the closing of something; answers it. */
  own<T extends Closable>(part: T): T {
    this.#owned.push(part);
    return part;
  }

  /**
   * Closes everything once, one after another, the last owned first, also when one fails; rejects with an
   * AggregateError of what failed. Called again, it answers the same promise.
   */
  close(): Promise<void> {
    return (this.#closed ??= this.#closeAll());
  }

  async #closeAll(): Promise<void> {
    const failures: unknown[] = [];
    for (const part of this.#owned.toReversed()) {
      await Promise.resolve()
        .then(() => part.close?.())
        .catch((thrown: unknown) => failures.push(thrown));
    }
    if (failures.length > 0) {
      throw new AggregateError(
        failures,
        `close: ${String(failures.length)} of ${String(this.#owned.length)} parts failed`,
      );
    }
  }
}
