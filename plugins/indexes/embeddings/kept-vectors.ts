/** Vectors by the hash of their text; so many, those used last. */
import { createHash } from 'node:crypto';

import type { Vector } from './vector.js';

/** Keeps vectors. */
export class KeptVectors {
  readonly #most: number;
  readonly #vectors = new Map<string, Vector>();

  constructor(most: number) {
    this.#most = most;
  }

  get(text: string): Vector | undefined {
    const key = keyOf(text);
    const vector = this.#vectors.get(key);
    if (vector === undefined) return undefined;
    this.#vectors.delete(key);
    this.#vectors.set(key, vector);
    return vector;
  }

  set(text: string, vector: Vector): void {
    const [oldest] = this.#vectors.keys();
    if (oldest !== undefined && this.#vectors.size >= this.#most) this.#vectors.delete(oldest);
    this.#vectors.set(keyOf(text), vector);
  }

  clear(): void {
    this.#vectors.clear();
  }
}

function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
