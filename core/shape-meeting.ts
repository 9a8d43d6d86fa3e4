/**
 * What fits two shapes at once: how `allOf`, and keywords that stand beside each other, read as one shape.
 *
 * It is for reading, not for judging: where two shapes are hard to bring together, the first is the answer.
 */
import { NEVER, unionOf } from './shape.js';
import type { ObjectShape, Shape, ShapeField, SimpleType } from './shape.js';

/** How much may still be done; shared by all that is done for one schema. */
export interface Work {
  left: number;
}

/** What fits both. */
export function meet(first: Shape, second: Shape, work: Work): Shape {
  if (second.kind === 'any' || first.kind === 'never') return first;
  if (first.kind === 'any' || second.kind === 'never') return second;
  if (second.kind === 'untold') return first;
  if (first.kind === 'untold') return second;
  work.left -= 1;
  if (work.left < 0) return first;
  if (first.kind === 'union')
    return unionOf(
      first.options.map((option) => meet(option, second, work)),
      first.isCut,
    );
  if (second.kind === 'union')
    return unionOf(
      second.options.map((option) => meet(first, option, work)),
      second.isCut,
    );
  return meetPlain(first, second, work);
}

function meetPlain(first: Shape, second: Shape, work: Work): Shape {
  if (first.kind === 'literal') return takesLiteral(second, first.value) ? first : NEVER;
  if (second.kind === 'literal') return takesLiteral(first, second.value) ? second : NEVER;
  if (first.kind === 'simple' && second.kind === 'simple') return meetSimple(first, second);
  if (first.kind === 'object' && second.kind === 'object') return meetObjects(first, second, work);
  if (first.kind === 'list' && second.kind === 'list')
    return { kind: 'list', item: meet(first.item, second.item, work) };
  if (first.kind === 'tuple' && isSequence(second)) return first;
  if (second.kind === 'tuple' && isSequence(first)) return second;
  return NEVER;
}

function isSequence({ kind }: Shape): boolean {
  return kind === 'list' || kind === 'tuple';
}

type Simple = Extract<Shape, { kind: 'simple' }>;

function meetSimple(first: Simple, second: Simple): Shape {
  if (first.type === second.type) return first.format === undefined ? second : first;
  if (first.type === 'number' && second.type === 'integer') return second;
  return first.type === 'integer' && second.type === 'number' ? first : NEVER;
}

function takesLiteral(shape: Shape, value: unknown): boolean {
  if (shape.kind === 'literal') return shape.value === value;
  return shape.kind === 'simple' && TAKES[shape.type](value);
}

const isNumber = (value: unknown): boolean => typeof value === 'number' || typeof value === 'bigint';

const TAKES: { readonly [type in SimpleType]: (value: unknown) => boolean } = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value) || typeof value === 'bigint',
  number: isNumber,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
};

function meetObjects(first: ObjectShape, second: ObjectShape, work: Work): ObjectShape {
  const fields = new Map(first.fields.map((field) => [field.name, field]));
  for (const field of second.fields) {
    work.left -= 1;
    const known = fields.get(field.name);
    fields.set(field.name, known === undefined ? field : meetFields(known, field, work));
  }
  return {
    kind: 'object',
    fields: [...fields.values()],
    isCut: first.isCut || second.isCut,
    others: first.others ?? second.others,
  };
}

function meetFields(first: ShapeField, second: ShapeField, work: Work): ShapeField {
  return {
    ...second,
    ...first,
    isRequired: first.isRequired || second.isRequired,
    shape: meet(first.shape, second.shape, work),
  };
}
