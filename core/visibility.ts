/** Checks what a policy lets callers know of: a part of what it was asked about, and nothing else. */

/** What was checked; the same answer to the same question is looked at once. */
export class Visibility {
  readonly #questions = new WeakMap<readonly unknown[], readonly unknown[]>();

  /** The answer; throws when it is no part of what was asked about. */
  checked<T>(answer: readonly T[], asked: readonly T[]): readonly T[] {
    if (answer === asked || this.#questions.get(answer) === asked) return answer;
    const known = new Set(asked);
    const isList: boolean = Array.isArray(answer);
    if (!isList || !answer.every((item) => known.has(item))) {
      throw new TypeError('a policy answered what it was not asked about');
    }
    this.#questions.set(answer, asked);
    return answer;
  }
}
