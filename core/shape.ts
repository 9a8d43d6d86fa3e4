/** What a schema says of a value, as far as a model needs it to write a call: a small tree, in no language. */
import type { Json } from './json.js';

/** The types without parts. */
export type SimpleType = 'string' | 'integer' | 'number' | 'boolean' | 'null';

/** A value that an enumeration names. */
export type Literal = null | boolean | number | bigint | string;

/** What fits one place. */
export type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'never' }
  /** Something that is not told: it is too deep or too much, or the same again. */
  | { readonly kind: 'untold' }
  /** `format` only where it helps to write a value: `date`, `uri` and the like. */
  | { readonly kind: 'simple'; readonly type: SimpleType; readonly format?: string }
  | { readonly kind: 'literal'; readonly value: Literal }
  | { readonly kind: 'list'; readonly item: Shape }
  /** `rest` is what may follow the items; null for nothing that is said. */
  | { readonly kind: 'tuple'; readonly items: readonly Shape[]; readonly rest: Shape | null }
  | ObjectShape
  | { readonly kind: 'union'; readonly options: readonly Shape[]; readonly isCut: boolean };

/** An object; one without fields is a map, or anything. */
export interface ObjectShape {
  readonly kind: 'object';
  readonly fields: readonly ShapeField[];
  /** Whether there are more fields, which are not told. */
  readonly isCut: boolean;
  /** What other keys hold; null where the schema does not say. */
  readonly others: Shape | null;
}

/** A field of an object, or a parameter of a tool. */
export interface ShapeField {
  readonly name: string;
  readonly isRequired: boolean;
  readonly shape: Shape;
  /** What holds when it is left out; absent where that is not said. */
  readonly default?: Json;
  readonly description?: string;
}

/** The shapes without parts. */
export const ANY: Shape = { kind: 'any' };
export const NEVER: Shape = { kind: 'never' };
export const UNTOLD: Shape = { kind: 'untold' };

/** An object of which nothing is told. */
export const SOME_OBJECT: ObjectShape = { kind: 'object', fields: [], isCut: true, others: null };

/** What fits one of several; flat, without those that nothing fits. */
export function unionOf(shapes: readonly Shape[], isCut = false): Shape {
  const flat = shapes.flatMap((shape) => (shape.kind === 'union' ? shape.options : [shape]));
  const options = flat.filter(({ kind }) => kind !== 'never');
  const any = options.find(({ kind }) => kind === 'any');
  if (any !== undefined) return any;
  const cut = isCut || shapes.some((shape) => shape.kind === 'union' && shape.isCut);
  if (cut) return { kind: 'union', options, isCut: true };
  return options.length > 1 ? { kind: 'union', options, isCut: false } : (options[0] ?? NEVER);
}
