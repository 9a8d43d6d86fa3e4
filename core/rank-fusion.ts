/**
 * One ranking of several: reciprocal rank fusion (Cormack, Clarke and Büttcher, SIGIR 2009). Each ranking
 * gives its item at rank r the weight 1 / (60 + r); the sums decide, and the first ranking where they are
 * equal.
 */

const DAMPING = 60;

/** The best first, none twice. */
export function fused<T>(rankings: readonly (readonly T[])[], limit: number): readonly T[] {
  if (rankings.length === 1) return rankings[0]!.slice(0, limit);
  const weights = new Map<T, number>();
  for (const ranking of rankings) {
    ranking.forEach((item, index) => {
      weights.set(item, (weights.get(item) ?? 0) + 1 / (DAMPING + index + 1));
    });
  }
  const ranked = [...weights].sort(([, a], [, b]) => b - a);
  return ranked.slice(0, limit).map(([item]) => item);
}
