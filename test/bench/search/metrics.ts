/** How well a search finds, from where the first right answer stood. */

/** Over all queries; each from 0 to 1. */
export interface Quality {
  /** The share with a right answer in the first place. */
  readonly hit1: number;
  /** The share with one among the first five. */
  readonly hit5: number;
  /** Mean of 1 / place, 0 where there is none. */
  readonly mrr: number;
}

/** The place of the first right answer, from 1; undefined where none is among the found. */
export function placeOf(found: readonly string[], right: readonly string[]): number | undefined {
  const at = found.findIndex((name) => right.includes(name));
  return at < 0 ? undefined : at + 1;
}

/** Of at least one query. */
export function qualityOf(places: readonly (number | undefined)[]): Quality {
  const shareWithin = (most: number): number =>
    mean(places.map((place = Infinity) => (place <= most ? 1 : 0)));
  return {
    hit1: shareWithin(1),
    hit5: shareWithin(5),
    mrr: mean(places.map((place = Infinity) => 1 / place)),
  };
}

/** The figure that `share` of all figures do not exceed: 0.5 is the middle. */
export function quantile(figures: readonly number[], share: number): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function mean(figures: readonly number[]): number {
  return figures.reduce((sum, figure) => sum + figure, 0) / figures.length;
}
