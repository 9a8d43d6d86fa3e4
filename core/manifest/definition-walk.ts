/** Walks down the definition beside a manifest: which part of it a path leads to. */
import { z } from 'zod';

import { definition } from './definition.js';
import type { Path } from './fault.js';

/** A part of the definition. */
export type Schema = z.core.$ZodType;

/** The keys that tell the forms of a server apart; each form has one. */
export const SERVER_MARKS = ['command', 'url', 'serverUrl'] as const;

/** The marks that a server carries: one, unless something is wrong. */
export function marksOf(server: unknown): string[] {
  if (typeof server !== 'object' || server === null) return [];
  return SERVER_MARKS.filter((key) => Object.hasOwn(server, key));
}

/**
 * The part that a path leads to. Where there is a choice, the value's mark decides on the way; at the end
 * the choice itself is answered.
 */
export function schemaAt(path: Path, root: unknown): Schema | undefined {
  let at = bare(definition);
  let value = root;
  for (const key of path) {
    at = bare(below(meantForm(at, value) ?? at, key));
    value = member(value, key);
  }
  return at;
}

/** The form of a choice that the value means: by its mark among servers, else by being a list or an object. */
export function meantForm(choice: Schema | undefined, value: unknown): Schema | undefined {
  const forms = formsOf(choice);
  if (isServerChoice(choice)) {
    const [mark] = marksOf(value);
    return mark === undefined ? undefined : forms.find((form) => keysOf(form).includes(mark));
  }
  if (typeof value !== 'object' || value === null) return undefined;
  return forms.find((form) => form instanceof (Array.isArray(value) ? z.ZodArray : z.ZodObject));
}

/** Whether the forms are those of a server. */
export function isServerChoice(choice: Schema | undefined): boolean {
  return formsOf(choice).some((form) => SERVER_MARKS.some((mark) => keysOf(form).includes(mark)));
}

/** The forms of a choice; none for anything else. */
export function formsOf(choice: Schema | undefined): readonly Schema[] {
  return choice instanceof z.ZodUnion ? choice.options : [];
}

/** The keys that an object may have. */
export function keysOf(schema: Schema | undefined): string[] {
  return schema instanceof z.ZodObject ? Object.keys(schema.shape).sort() : [];
}

/** The value that a path leads to. */
export function valueAt(path: Path, root: unknown): unknown {
  return path.reduce(member, root);
}

function member(value: unknown, key: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string | number, unknown>)[key];
}

function below(schema: Schema | undefined, key: string | number): Schema | undefined {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<string, Schema | undefined>)[key];
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  return undefined;
}

const WRAPPERS = [z.ZodOptional, z.ZodExactOptional, z.ZodDefault, z.ZodPrefault];

/** A schema without what only says whether it may be left out. */
function bare(schema: Schema | undefined): Schema | undefined {
  let at = schema;
  while (WRAPPERS.some((wrapper) => at instanceof wrapper)) at = (at as z.ZodOptional).unwrap();
  return at;
}
