/** `str` and `repr`: values as text. */
import type { Budget } from './budget.js';
import { Builtin } from './builtin.js';
import { chargeText, checkDepth } from './cost.js';
import { Dict } from './dict.js';
import { ErrorValue } from './error-value.js';
import { floatText } from './float-text.js';
import { integerText } from './integer-text.js';
import { typeName } from './kind.js';
import { addQuoted, addQuotedBytes } from './quote.js';
import { StarlarkSet } from './set.js';
import { TextBuilder } from './text-builder.js';
import { decodeUtf8 } from './utf8.js';
import { Bytes, Callable, Float, List, Module, Range, Struct, Tuple } from './value.js';
import type { Mutable, Value } from './value.js';

/** A value as `str` and `print` show it: a string is itself, bytes are read as UTF-8, an error is its message, all else is {@link repr}. */
export function str(budget: Budget, value: Value): string {
  if (typeof value === 'string') return value;
  if (value instanceof Bytes) {
    chargeText(budget, value.data.length);
    return decodeUtf8(value.data);
  }
  return value instanceof ErrorValue ? value.message : repr(budget, value);
}

/** A value as the language writes it. A list or a dict within itself shows as `...`. */
export function repr(budget: Budget, value: Value): string {
  if (typeof value === 'number') {
    const text = String(value);
    chargeText(budget, text.length);
    return text;
  }
  const printer = new Printer(budget);
  printer.add(value);
  return printer.out.finish();
}

/** A value as `%s` and `{}` show it: a string is itself, an error its message, all else is {@link repr}. */
export function display(budget: Budget, value: Value): string {
  if (typeof value === 'string') return value;
  return value instanceof ErrorValue ? value.message : repr(budget, value);
}

class Printer {
  readonly out: TextBuilder;
  private depth = 0;
  /** The lists and dicts that the value being added stands in. */
  private readonly open = new Set<Mutable>();

  constructor(private readonly budget: Budget) {
    this.out = new TextBuilder(budget);
  }

  add(value: Value): void {
    switch (typeof value) {
      case 'string':
        addQuoted(this.out, value);
        break;
      case 'number':
      case 'bigint':
        this.out.add(integerText(this.budget, value));
        break;
      case 'boolean':
        this.out.add(value ? 'True' : 'False');
        break;
      default:
        if (value === null) this.out.add('None');
        else this.addObject(value);
    }
  }

  private addObject(value: Exclude<Value, null | boolean | number | bigint | string>): void {
    if (value instanceof Float) this.out.add(floatText(value.value));
    else if (value instanceof List) this.addOnce('[', value, ']', () => this.addItems(value.items));
    else if (value instanceof Dict) this.addOnce('{', value, '}', () => this.addEntries(value));
    else if (value instanceof Tuple) {
      this.addNested('(', value.items.length === 1 ? ',)' : ')', () => this.addItems(value.items));
    } else if (value instanceof StarlarkSet) {
      this.addNested('set([', '])', () => this.addItems(value.items()));
    } else if (value instanceof Struct) this.addStruct(value);
    else if (value instanceof Bytes) addQuotedBytes(this.out, value.data);
    else this.out.add(leafText(value));
  }

  private addStruct(value: Struct): void {
    const name = value instanceof ErrorValue ? value.errorClass : 'struct';
    this.addNested(`${name}(`, ')', () => this.addFields(value.fields));
  }

  private addOnce(open: string, value: Mutable, close: string, addParts: () => void): void {
    if (this.open.has(value)) {
      this.out.add(`${open}...${close}`);
      return;
    }
    this.open.add(value);
    this.addNested(open, close, addParts);
    this.open.delete(value);
  }

  private addNested(open: string, close: string, addParts: () => void): void {
    checkDepth(this.budget, ++this.depth, 'print');
    this.budget.step(2);
    this.out.add(open);
    addParts();
    this.out.add(close);
    this.depth--;
  }

  private addItems(items: Iterable<Value>): void {
    let separator = '';
    for (const item of items) {
      this.separate(separator);
      this.add(item);
      separator = ', ';
    }
  }

  private addEntries(dict: Dict): void {
    let separator = '';
    for (const [key, value] of dict.entries()) {
      this.separate(separator);
      this.add(key);
      this.out.add(': ');
      this.add(value);
      separator = ', ';
    }
  }

  private addFields(fields: ReadonlyMap<string, Value>): void {
    let separator = '';
    for (const [name, value] of fields) {
      this.separate(separator);
      this.out.add(`${name} = `);
      this.add(value);
      separator = ', ';
    }
  }

  private separate(separator: string): void {
    this.budget.step(1);
    this.out.add(separator);
  }
}

/** What is shown by its name or its bounds. */
function leafText(value: Value): string {
  if (value instanceof Range) return rangeText(value);
  if (value instanceof Module) return `<module "${value.name}">`;
  if (value instanceof Builtin) {
    const { name, self } = value;
    return self === undefined
      ? `<built-in function ${name}>`
      : `<built-in method ${name} of ${typeName(self)} value>`;
  }
  return value instanceof Callable ? `<function ${value.name}>` : `<${typeName(value)}>`;
}

function rangeText({ start, stop, step }: Range): string {
  if (step !== 1) return `range(${start}, ${stop}, ${step})`;
  return start === 0 ? `range(${stop})` : `range(${start}, ${stop})`;
}
