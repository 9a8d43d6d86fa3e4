/** A shape as a model reads it, in the notation of a language. */
import type { Json } from './json.js';
import { MORE } from './notation.js';
import type { TypeNotation } from './notation.js';
import type { Shape, ShapeField } from './shape.js';
import type { ShapeDetail } from './signature-fit.js';

/** UTF-16 units of a constant, a default or the name of a field that is shown. */
const LITERAL_LENGTH = 40;
/** Shapes in one text; what comes after them is `…`. */
const MOST_SHAPES = 400;
/** Items of a tuple that are shown. */
const MOST_ITEMS = 8;

/** The text of a shape, on one line. */
export function shapeText(shape: Shape, detail: ShapeDetail, notation: TypeNotation): string {
  return new ShapeWriter(detail, notation).text(shape, detail.depth);
}

/** A value as the script would write it; null when it is too long, or has parts. */
export function literalText(value: Json, notation: TypeNotation): string | null {
  if (typeof value === 'object' && value !== null) {
    if (Object.keys(value).length > 0) return null;
    return Array.isArray(value) ? notation.emptyList : notation.emptyObject;
  }
  const shown = typeof value === 'string' ? value.slice(0, LITERAL_LENGTH + 1) : value;
  const text = notation.constant(shown);
  return text.length > LITERAL_LENGTH ? null : text;
}

/** Writes one text. */
class ShapeWriter {
  private left = MOST_SHAPES;

  constructor(
    private readonly detail: ShapeDetail,
    private readonly notation: TypeNotation,
  ) {}

  /** `depth` is how many objects within objects may still be spelled out. */
  text(shape: Shape, depth: number): string {
    this.left -= 1;
    if (this.left < 0) return MORE;
    const { notation } = this;
    switch (shape.kind) {
      case 'any':
      case 'never':
        return notation.types[shape.kind];
      case 'untold':
        return MORE;
      case 'simple':
        return this.simple(shape);
      case 'literal':
        return this.literal(shape);
      case 'list':
        return notation.list(this.text(shape.item, depth), shape.item.kind);
      case 'tuple':
        return this.tuple(shape, depth);
      case 'object':
        return this.object(shape, depth);
      case 'union':
        return this.union(shape, depth);
    }
  }

  private simple({ type, format }: Extract<Shape, { kind: 'simple' }>): string {
    const text = this.notation.types[type];
    return format === undefined ? text : this.notation.formatted(text, format);
  }

  private literal({ value }: Extract<Shape, { kind: 'literal' }>): string {
    const { types } = this.notation;
    return literalText(value, this.notation) ?? (typeof value === 'string' ? types.string : types.integer);
  }

  private tuple({ items, rest }: Extract<Shape, { kind: 'tuple' }>, depth: number): string {
    const told = items.slice(0, MOST_ITEMS).map((item) => this.text(item, depth));
    if (items.length > MOST_ITEMS) told.push(MORE);
    else if (rest !== null) told.push(this.rest(rest, depth));
    return this.notation.tuple(told);
  }

  private rest(rest: Shape, depth: number): string {
    return rest.kind === 'untold' ? MORE : this.notation.rest(this.text(rest, depth), rest.kind);
  }

  private object({ fields, isCut, others }: Extract<Shape, { kind: 'object' }>, depth: number): string {
    const { notation } = this;
    if (fields.length === 0 && !isCut) return this.map(others, depth);
    if (fields.length === 0 || depth === 0) return notation.object([MORE]);
    const told = this.chosen(fields).map((field) => this.field(field, depth));
    if (isCut || told.length < fields.length) told.push(MORE);
    else if (others !== null && others.kind !== 'any' && others.kind !== 'never')
      told.push(notation.otherFields(this.text(others, depth - 1)));
    return notation.object(told);
  }

  private map(values: Shape | null, depth: number): string {
    if (values === null || values.kind === 'any') return this.notation.anyObject;
    return values.kind === 'never' ? this.notation.emptyObject : this.notation.map(this.text(values, depth));
  }

  /** Where not all fit, those that are always there come before the others. */
  private chosen(fields: readonly ShapeField[]): readonly ShapeField[] {
    const named = fields.filter(({ name }) => name.length <= LITERAL_LENGTH);
    const room = this.detail.fields;
    if (named.length <= room) return named;
    const required = named.filter(({ isRequired }) => isRequired);
    const chosen = new Set([...required, ...named.filter(({ isRequired }) => !isRequired)].slice(0, room));
    return named.filter((field) => chosen.has(field));
  }

  private field({ name, isRequired, shape }: ShapeField, depth: number): string {
    const key = `${this.notation.key(name)}${isRequired ? '' : '?'}`;
    return this.detail.isTyped ? `${key}: ${this.text(shape, depth - 1)}` : key;
  }

  private union({ options, isCut }: Extract<Shape, { kind: 'union' }>, depth: number): string {
    const texts = new Set<string>();
    for (const option of options) {
      if (texts.size > this.detail.options) break;
      texts.add(this.text(option, depth));
    }
    const told = [...texts].filter((text) => text !== MORE);
    const isWhole = told.length === texts.size && told.length <= this.detail.options && !isCut;
    return [...told.slice(0, this.detail.options), ...(isWhole ? [] : [MORE])].join(this.notation.or);
  }
}
