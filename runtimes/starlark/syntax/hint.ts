/** The way to write something here, where dialects differ in it. */
import type { Dialect } from './dialect.js';

/** A hint for every dialect, or one that names what some dialects lack, and another for those. */
export type Hint =
  string | { readonly needs: keyof Dialect; readonly hint: string; readonly otherwise: string };

/** The hint of one dialect. */
export function hintIn(dialect: Dialect, hint: Hint): string {
  if (typeof hint === 'string') return hint;
  return dialect[hint.needs] ? hint.hint : hint.otherwise;
}
