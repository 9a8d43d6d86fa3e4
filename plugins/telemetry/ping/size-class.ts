/** Numbers that could tell who somebody is, made coarse. */

/** The greatest number of each class, and what the class is called. */
const CLASSES = [
  [0, '0'],
  [1, '1'],
  [5, '2-5'],
  [20, '6-20'],
  [100, '21-100'],
  [500, '101-500'],
  [Number.POSITIVE_INFINITY, '501+'],
] as const;

/** What a class is called. */
export type SizeClass = (typeof CLASSES)[number][1];

/** The class of a number from 0. */
export function sizeClass(number: number): SizeClass {
  return CLASSES.find(([greatest]) => number <= greatest)?.[1] ?? '501+';
}
