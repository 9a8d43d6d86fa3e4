/**
 * Contract: how a language spells types and calls. What is told of a tool, and how much of it, is the same for
 * all of them: `shape-text.ts` writes types in a notation, `signature-writer.ts` calls.
 *
 * Every text is on one line. `…` ({@link MORE}) stands for what is left out.
 */
import type { Literal, Shape, ShapeField, SimpleType } from './shape.js';

/** What is left out. */
export const MORE = '…';

/** How a language spells types and values. */
export interface TypeNotation {
  /** The types without parts. */
  readonly types: { readonly [type in SimpleType | 'any' | 'never']: string };
  /** An object of which nothing is said. */
  readonly anyObject: string;
  readonly emptyList: string;
  readonly emptyObject: string;
  /** Between the types that a value may have. */
  readonly or: string;
  /** A value; a string may have anything in it, {@link quotedText} makes it fit to be shown. */
  constant(value: Literal): string;
  /** The name of a field, in quotes where it needs them. */
  key(name: string): string;
  /** A simple type in a format such as `date`. */
  formatted(type: string, format: string): string;
  /** A list of such items; `kind` tells whether the text of the item is a choice. */
  list(item: string, kind: Shape['kind']): string;
  tuple(items: readonly string[]): string;
  /** Behind the items of a tuple: any number of these. */
  rest(item: string, kind: Shape['kind']): string;
  /** An object with these fields, each `key: type`, `key?: type` or the key alone. */
  object(fields: readonly string[]): string;
  /** Behind the fields of an object: any other key, with such a value. */
  otherFields(value: string): string;
  /** An object with any keys, and such values. */
  map(value: string): string;
}

/** Writes a type; absent where a parameter's name alone is told. */
export type TypeText = (shape: Shape) => string;

/** How a language spells types, and the calls of tools. */
export interface Notation extends TypeNotation {
  /** Between two parameters. */
  readonly separator: string;
  /** A parameter; `initial` is the text of its default, null where it must be given or nothing is known of it. */
  parameter(parameter: ShapeField, initial: string | null, typeText?: TypeText): string;
  /** What may be passed besides; without `type`, anything. */
  others(type?: string): string;
  /** What follows a call that answers this. */
  result(type: string): string;
  /** A call, whole. */
  call(scriptName: string, told: ToldCall): string;
  /** A call of which no parameter is told, for the room that it takes; in `told` are those that may be. */
  frame(scriptName: string, told: readonly ShapeField[]): string;
}

/** What a signature tells of a call. */
export interface ToldCall {
  /** In the order of the schema. */
  readonly parameters: readonly ToldParameter[];
  /** What may be passed besides; null where that is nothing, or not told. */
  readonly others: string | null;
  /** Whether there are no more parameters than these. */
  readonly isWhole: boolean;
  /** Whether any parameter must be given. */
  readonly needsAny: boolean;
  /** What follows; empty where nothing is known of the answer. */
  readonly result: string;
}

/** A parameter and its text. */
export interface ToldParameter {
  readonly parameter: ShapeField;
  readonly text: string;
}

/**
 * In double quotes, as JSON has them, on one line; what cannot be seen is written as `escape` says, by its code
 * point.
 */
export function quotedText(text: string, escape: (codePoint: number) => string): string {
  return JSON.stringify(text).replace(/(?! )[\p{C}\p{Z}]/gu, (sign) => escape(sign.codePointAt(0)!));
}
