/** Which half of the queries one belongs to; nobody chooses. */
import { createHash } from 'node:crypto';

/** The half that the search is tuned on, and the half by which it is judged and that its author never reads. */
export type Half = 'tuning' | 'held-out';

/** By the first byte of the query's SHA-256: even is tuning. */
export function halfOf(query: string): Half {
  const [byte = 0] = createHash('sha256').update(query).digest();
  return byte % 2 === 0 ? 'tuning' : 'held-out';
}
