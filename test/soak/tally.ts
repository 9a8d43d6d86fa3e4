/** What happened in a soak, counted, and what must not have. */

/** Counts and faults of one soak. */
export class Tally {
  readonly faults: string[] = [];
  readonly #counts = new Map<string, number>();

  count(what: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1);
  }

  fault(what: string): void {
    this.faults.push(what);
  }

  /** In the order of the words. */
  get rows(): readonly (readonly [what: string, count: number])[] {
    return [...this.#counts].sort(([one], [other]) => (one < other ? -1 : 1));
  }
}
