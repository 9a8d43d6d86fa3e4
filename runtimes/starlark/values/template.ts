/** `template.format(…)`. */
import { runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import { formatField } from './field.js';
import { TextBuilder } from './text-builder.js';
import type { Value } from './value.js';

/** Fills the fields of a template: `{}` and `{0}` from `positional`, `{name}` from `named`. */
export function formatMethod(
  budget: Budget,
  template: string,
  positional: readonly Value[],
  named: ReadonlyMap<string, Value>,
): string {
  return new Template(budget, template, positional, named).fill();
}

class Template {
  private readonly out: TextBuilder;
  /** Whether fields are numbered by the template or by themselves; undefined until one is. */
  private numbering: 'manual' | 'automatic' | undefined;
  private used = 0;

  constructor(
    private readonly budget: Budget,
    private readonly text: string,
    private readonly positional: readonly Value[],
    private readonly named: ReadonlyMap<string, Value>,
  ) {
    this.out = new TextBuilder(budget);
  }

  fill(): string {
    const { text, out } = this;
    const brace = /[{}]/g;
    let at = 0;
    for (let match = brace.exec(text); match !== null; match = brace.exec(text)) {
      out.add(text.slice(at, match.index));
      at = this.fillAt(match.index);
      brace.lastIndex = at;
    }
    out.add(text.slice(at));
    return out.finish();
  }

  /** Handles the brace at an offset, and answers where the text goes on. */
  private fillAt(at: number): number {
    this.budget.step(1);
    const { text } = this;
    const brace = text.charAt(at);
    if (text.startsWith(brace, at + 1)) {
      this.out.add(brace);
      return at + 2;
    }
    if (brace === '}') throw runtimeError("format: single '}' in format").as('ValueError');
    const end = text.indexOf('}', at);
    if (end < 0) throw runtimeError("format: unmatched '{' in format").as('ValueError');
    this.out.add(this.field(text.slice(at + 1, end)));
    return end + 1;
  }

  private field(field: string): string {
    const [, name = '', conversion, spec = ''] = /^([^!:]*)(?:!([^:]*))?(?::([^]*))?$/.exec(field) ?? [];
    if (field.includes('{'))
      throw runtimeError('format: nested replacement fields not supported').as('ValueError');
    if (conversion === '')
      throw runtimeError('format: unknown conversion "", want "s" or "r"').as('ValueError');
    return formatField(this.budget, this.value(name), conversion ?? '', spec);
  }

  private value(name: string): Value {
    if (name === '') return this.at(this.used++, 'automatic');
    if (/^\d+$/.test(name)) return this.at(Number(name), 'manual');
    const value = this.named.get(name);
    if (value === undefined) throw unknownField(name);
    return value;
  }

  private at(index: number, numbering: 'manual' | 'automatic'): Value {
    this.numbering ??= numbering;
    if (this.numbering !== numbering) {
      throw runtimeError(`format: cannot switch from ${SPOKEN[this.numbering]} to ${SPOKEN[numbering]}`).as(
        'ValueError',
      );
    }
    const value = this.positional[index];
    if (value === undefined) throw runtimeError(`format: tuple index out of range`).as('IndexError');
    return value;
  }
}

const SPOKEN = { manual: 'manual field specification', automatic: 'automatic field numbering' } as const;

function unknownField(name: string) {
  const path = /[.[]/.exec(name)?.[0];
  if (path === '.') {
    return runtimeError(
      'format: attribute syntax x.y is not supported in replacement fields',
      'pass the attribute itself',
    ).as('ValueError');
  }
  if (path === '[') {
    return runtimeError(
      'format: element syntax a[i] is not supported in replacement fields',
      'pass the element itself',
    ).as('ValueError');
  }
  return runtimeError(`format: keyword ${name} not found`).as('KeyError');
}
