/**
 * Makes a signature as telling as its length allows.
 *
 * Each part of it has a text at each level of detail. All begin at the lowest and rise level by level: what
 * must be given before what comes back, that before what may be left out. So what is deep and what is
 * optional is the first to be said in fewer words, and every part is whole at its level: nothing is cut.
 */

/** How much of a shape is spelled out. */
export interface ShapeDetail {
  /** Objects within objects whose fields are told. */
  readonly depth: number;
  /** Fields told of each. */
  readonly fields: number;
  /** Whether the innermost of these fields have their types. */
  readonly isTyped: boolean;
  /** Constants and forms told of each choice. */
  readonly options: number;
}

/** One part of a signature. */
export interface SignaturePart {
  /** `needed` is always there; `wanted` and `optional` where there is room. */
  readonly rank: 'needed' | 'wanted' | 'optional';
  /** Its text; with null its name alone. */
  text(detail: ShapeDetail | null): string;
}

/** A level of detail; null for names alone. */
const LEVELS: readonly (ShapeDetail | null)[] = [
  null,
  { depth: 0, fields: 0, isTyped: false, options: 3 },
  { depth: 1, fields: 6, isTyped: false, options: 8 },
  { depth: 1, fields: 12, isTyped: true, options: 16 },
  { depth: 2, fields: 16, isTyped: true, options: 20 },
  { depth: 3, fields: 24, isTyped: true, options: 30 },
  { depth: 6, fields: 40, isTyped: true, options: 40 },
];
const HIGHEST = LEVELS.length - 1;

/** In which order parts rise: the lowest levels of each rank first. */
const STAGES: readonly (readonly [rank: SignaturePart['rank'], level: number])[] = [
  ['needed', 1],
  ['wanted', 1],
  ['optional', 0],
  ['optional', 1],
  ...Array.from({ length: HIGHEST - 1 }, (_, index) => index + 2).flatMap(
    (level) =>
      [
        ['needed', level],
        ['wanted', level],
        ['optional', level],
      ] as const,
  ),
];

/**
 * The text of each part, or null for one that is left out; together within `room` UTF-16 units, counting
 * `between` for each, unless the names of the needed ones alone are longer.
 */
export function fittedTexts(
  parts: readonly SignaturePart[],
  room: number,
  between: number,
): readonly (string | null)[] {
  const whole = parts.map((part) => part.text(LEVELS[HIGHEST]!));
  if (lengthOf(whole, between) <= room) return whole;
  const texts = parts.map((part) => (part.rank === 'needed' ? part.text(null) : null));
  let left = room - lengthOf(texts, between);
  for (const [rank, level] of STAGES) {
    parts.forEach((part, index) => {
      if (part.rank !== rank) return;
      const text = part.text(LEVELS[level]!);
      const longer = costOf(text, between) - costOf(texts[index]!, between);
      if (longer > left) return;
      texts[index] = text;
      left -= longer;
    });
  }
  return texts;
}

function lengthOf(texts: readonly (string | null)[], between: number): number {
  return texts.reduce((sum, text) => sum + costOf(text, between), 0);
}

function costOf(text: string | null, between: number): number {
  return text === null ? 0 : text.length + between;
}
