/**
 * Texts that stand for numbers and truth values: `"port": "${PORT}"`.
 *
 * Only a text that is one variable and nothing else is read so, and only where the definition wants a number
 * or a truth value: for the settings of a plugin, where its own schema refuses the text. What the variable
 * holds must be written as JSON writes it; anything else is left as it is, and is a fault.
 */
import { z } from 'zod';

import { schemaAt, valueAt } from './definition-walk.js';
import type { Expansion } from './expansion.js';
import type { Path } from './fault.js';

/** Puts numbers and truth values in the place of such texts; changes the expansion's own value. */
export function readScalarTexts({ value, variables }: Expansion): void {
  for (const path of variables) {
    const text = valueAt(path, value);
    const scalar = typeof text === 'string' ? scalarOf(text, path, value) : undefined;
    if (scalar !== undefined) put(scalar, path, value);
  }
}

const TRUTHS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);
const NUMBER = /^-?\d{1,30}(\.\d{1,30})?([eE][+-]?\d{1,3})?$/;

function scalarOf(text: string, path: Path, root: unknown): number | boolean | undefined {
  const wanted = schemaAt(path, root);
  if (wanted instanceof z.ZodBoolean) return TRUTHS.get(text);
  return wanted instanceof z.ZodNumber ? numberOf(text) : undefined;
}

function numberOf(text: string): number | undefined {
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** Settings in which the texts at these paths stand for what they say; `undefined` where none of them says anything. */
export function withScalars(settings: unknown, paths: readonly Path[]): unknown {
  let read: unknown;
  for (const path of paths) {
    const text = valueAt(path, settings);
    const scalar = typeof text === 'string' ? (TRUTHS.get(text) ?? numberOf(text)) : undefined;
    if (scalar !== undefined) read = replaced(read ?? settings, path, scalar);
  }
  return read;
}

function replaced(value: unknown, [key, ...rest]: Path, scalar: number | boolean): unknown {
  if (key === undefined) return scalar;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...(value as object) }) as Record<
    string | number,
    unknown
  >;
  copy[key] = replaced(copy[key], rest, scalar);
  return copy;
}

function put(scalar: number | boolean, path: Path, root: unknown): void {
  const holder = valueAt(path.slice(0, -1), root) as Record<string | number, unknown>;
  holder[path.at(-1)!] = scalar;
}
