/**
 * A shape as a model reads it in Python and its dialects: `list[{id: int, title: str, labels?: list[str]}]`.
 *
 * | text | what it stands for |
 * | --- | --- |
 * | `str` `int` `float` `bool` `None` `any` | a value of that type; `str<date>`: a string in that format |
 * | `"open"\|"closed"` | one of these |
 * | `list[str]`, `tuple[float, float]` | a list of any number of such items, of these items |
 * | `{id: int, note?: str}` | a dict with these keys; one with `?` may be missing |
 * | `{id, title}` | the same, the types not told |
 * | `dict`, `dict[str, int]`, `[str]: int` among fields | any keys, with such values |
 * | `…` | more that is not told here |
 */
import type { Json, Literal, Shape, ShapeDetail, ShapeField, SimpleType } from '../../core/index.js';

/** UTF-16 units of a constant, a default or the name of a field that is shown. */
const LITERAL_LENGTH = 40;
/** Shapes in one text; what comes after them is `…`. */
const MOST_SHAPES = 400;
/** Items of a tuple that are shown. */
const MOST_ITEMS = 8;

/** What is left out. */
export const MORE = '…';

/** The text of a shape, on one line. */
export function shapeText(shape: Shape, detail: ShapeDetail): string {
  return new ShapeWriter(detail).text(shape, detail.depth);
}

/** Whether a text is spelled as names are. */
export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

/** A name where it may have to be quoted. */
export function keyText(name: string): string {
  return isName(name) ? name : quoted(name);
}

/** A value as the script would write it; null when it is too long, or has parts. */
export function literalText(value: Json): string | null {
  if (typeof value === 'object' && value !== null) return isEmpty(value) ? emptyText(value) : null;
  const text = constantText(value);
  return text.length > LITERAL_LENGTH ? null : text;
}

function constantText(value: Literal): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? quoted(value.slice(0, LITERAL_LENGTH + 1)) : String(value);
}

function isEmpty(value: object): boolean {
  for (const key in value) if (Object.hasOwn(value, key)) return false;
  return true;
}

function emptyText(value: object): string {
  return Array.isArray(value) ? '[]' : '{}';
}

/** In quotes, on one line, with nothing in it that is not seen. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/(?! )[\p{C}\p{Z}]/gu, (sign) => {
    const code = sign.codePointAt(0)!.toString(16);
    return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
  });
}

const SIMPLE: { readonly [type in SimpleType]: string } = {
  string: 'str',
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  null: 'None',
};

/** Writes one text. */
class ShapeWriter {
  private left = MOST_SHAPES;

  constructor(private readonly detail: ShapeDetail) {}

  /** `depth` is how many objects within objects may still be spelled out. */
  text(shape: Shape, depth: number): string {
    this.left -= 1;
    if (this.left < 0) return MORE;
    switch (shape.kind) {
      case 'any':
        return 'any';
      case 'never':
        return 'never';
      case 'untold':
        return MORE;
      case 'simple':
        return shape.format === undefined ? SIMPLE[shape.type] : `${SIMPLE[shape.type]}<${shape.format}>`;
      case 'literal':
        return literalText(shape.value) ?? typeOf(shape.value);
      case 'list':
        return `list[${this.text(shape.item, depth)}]`;
      case 'tuple':
        return this.tuple(shape, depth);
      case 'object':
        return this.object(shape, depth);
      case 'union':
        return this.union(shape, depth);
    }
  }

  private tuple({ items, rest }: Extract<Shape, { kind: 'tuple' }>, depth: number): string {
    const told = items.slice(0, MOST_ITEMS).map((item) => this.text(item, depth));
    if (items.length > MOST_ITEMS) told.push(MORE);
    else if (rest !== null) told.push(rest.kind === 'untold' ? MORE : `*${this.text(rest, depth)}`);
    return `tuple[${told.join(', ')}]`;
  }

  private object({ fields, isCut, others }: Extract<Shape, { kind: 'object' }>, depth: number): string {
    if (fields.length === 0) return isCut ? `{${MORE}}` : this.map(others, depth);
    if (depth === 0) return `{${MORE}}`;
    const told = this.chosen(fields).map((field) => this.field(field, depth));
    if (isCut || told.length < fields.length) told.push(MORE);
    else if (others !== null && others.kind !== 'any' && others.kind !== 'never')
      told.push(`[str]: ${this.text(others, depth - 1)}`);
    return `{${told.join(', ')}}`;
  }

  private map(values: Shape | null, depth: number): string {
    if (values === null || values.kind === 'any') return 'dict';
    return values.kind === 'never' ? '{}' : `dict[str, ${this.text(values, depth)}]`;
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
    const key = `${keyText(name)}${isRequired ? '' : '?'}`;
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
    return [...told.slice(0, this.detail.options), ...(isWhole ? [] : [MORE])].join('|');
  }
}

function typeOf(value: Literal): string {
  return typeof value === 'string' ? 'str' : 'int';
}
