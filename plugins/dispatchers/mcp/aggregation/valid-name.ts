/** Names that we make ourselves, as every MCP client takes them (SEP-986). */
import { createHash } from 'node:crypto';

/** The longest name that we make. */
export const MAX_MADE_LENGTH = 128;

const DIGEST_LENGTH = 8;

/** Tells whether a name has 1 to 128 characters of A–Z, a–z, 0–9, `_`, `-` and `.`. */
export function isValidName(name: string): boolean {
  return name.length <= MAX_MADE_LENGTH && /^[A-Za-z0-9_.-]+$/.test(name);
}

/**
 * The nearest valid name: every other character becomes `_`, and what is too long is cut and ends with a
 * digest of the whole, so that two long names stay two.
 */
export function validName(name: string): string {
  const plain = name.replace(/[^A-Za-z0-9_.-]/gu, '_') || '_';
  if (plain.length <= MAX_MADE_LENGTH) return plain;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, DIGEST_LENGTH);
  return `${plain.slice(0, MAX_MADE_LENGTH - DIGEST_LENGTH - 1)}_${digest}`;
}

/** Hands out valid names, each once. */
export class FreeNames {
  readonly #taken: Set<string>;
  /** The last number tried behind a name, so that a thousand equal names cost a thousand tries. */
  readonly #numbers = new Map<string, number>();

  /** The names of `taken` are handed out to nobody; the set grows. */
  constructor(taken: Set<string>) {
    this.#taken = taken;
  }

  /** The name, or the first of name_2, name_3, … that is free. */
  take(name: string): string {
    let free = name;
    let number = this.#numbers.get(name) ?? 1;
    while (this.#taken.has(free)) {
      number += 1;
      free = validName(`${name}_${number}`);
    }
    this.#numbers.set(name, number);
    this.#taken.add(free);
    return free;
  }
}
