/** `json.encode`: values as JSON text. */
import type { Budget } from './budget.js';
import { chargeItems } from './cost.js';
import { Dict } from './dict.js';
import { floatText } from './float-text.js';
import { integerText } from './integer-text.js';
import { typeName } from './kind.js';
import { Nesting } from './nesting.js';
import { textBlocks } from './quote.js';
import { iterate } from './sequence.js';
import { StarlarkSet } from './set.js';
import { TextBuilder } from './text-builder.js';
import { Float, List, Range, Struct, Tuple } from './value.js';
import type { Value } from './value.js';

/**
 * The compact JSON text of a value: keys in their order, every digit of an int, floats always with a
 * point or an exponent, lone surrogates escaped. What JSON cannot say is an error that names its place;
 * `act` begins it. `sortKeys` puts the keys of dicts in order instead.
 */
export function encodeJson(budget: Budget, value: Value, act = 'json.encode', sortKeys = false): string {
  const encoder = new JsonEncoder(budget, act, sortKeys);
  encoder.add(value);
  return encoder.out.finish();
}

/** Tells whether JSON has an array for a value. */
export function isJsonArray(value: Value): value is List | Tuple | StarlarkSet | Range {
  return (
    value instanceof List || value instanceof Tuple || value instanceof StarlarkSet || value instanceof Range
  );
}

class JsonEncoder {
  readonly out: TextBuilder;
  private readonly nesting: Nesting;
  private readonly quoted = new Map<string, string>();

  constructor(
    private readonly budget: Budget,
    act: string,
    private readonly sortKeys: boolean,
  ) {
    this.out = new TextBuilder(budget);
    this.nesting = new Nesting(budget, act, (container) => typeName(container as Value));
  }

  add(value: Value): void {
    switch (typeof value) {
      case 'string':
        this.addString(value);
        break;
      case 'number':
      case 'bigint':
        this.out.add(integerText(this.budget, value));
        break;
      case 'boolean':
        this.out.add(value ? 'true' : 'false');
        break;
      default:
        if (value === null) this.out.add('null');
        else this.addObject(value);
    }
  }

  private addObject(value: Exclude<Value, null>): void {
    if (value instanceof Float) this.addFloat(value.value);
    else if (value instanceof Dict) this.addDict(value);
    else if (isJsonArray(value)) this.addArray(value);
    else if (value instanceof Struct) this.addStruct(value);
    else throw this.nesting.fault(`cannot encode ${typeName(value)} as JSON`);
  }

  private addFloat(value: number): void {
    if (!Number.isFinite(value))
      throw this.nesting.fault(`cannot encode non-finite float ${floatText(value)}`);
    this.out.add(jsonFloat(value));
  }

  private addDict(dict: Dict): void {
    this.nesting.enter(dict);
    let open = '{';
    for (const [key, value] of this.sortKeys ? this.sorted(dict) : dict.entries()) {
      if (typeof key !== 'string')
        throw this.nesting.faultOfContainer(`dict has ${typeName(key)} key, want string`);
      this.addMember(open, key, value);
      open = ',';
    }
    this.close(open, '{}', '}');
  }

  /** By UTF-16 units; what are no strings come as they are, for they are refused. */
  private sorted(dict: Dict): [Value, Value][] {
    chargeItems(this.budget, dict.size);
    this.budget.step(dict.size * Math.ceil(Math.log2(dict.size + 1)));
    return [...dict.entries()].sort(([x], [y]) => {
      if (typeof x !== 'string' || typeof y !== 'string' || x === y) return 0;
      return x < y ? -1 : 1;
    });
  }

  private addStruct(struct: Struct): void {
    this.nesting.enter(struct);
    let open = '{';
    for (const [name, value] of struct.fields) {
      this.addMember(open, name, value);
      open = ',';
    }
    this.close(open, '{}', '}');
  }

  private addMember(open: string, key: string, value: Value): void {
    this.nesting.at(key);
    this.out.add(open);
    this.addKey(key);
    this.out.add(':');
    this.add(value);
  }

  /** Keys come again in the next object: how a short one is written is remembered. */
  private addKey(key: string): void {
    const known = this.quoted.get(key);
    if (known !== undefined) this.out.add(known);
    else if (key.length > SHORT_KEY || this.quoted.size === MOST_KEYS) this.addString(key);
    else {
      const quoted = PLAIN.test(key) ? `"${key}"` : JSON.stringify(key);
      this.quoted.set(key, quoted);
      this.out.add(quoted);
    }
  }

  private addArray(value: List | Tuple | StarlarkSet | Range): void {
    this.nesting.enter(value);
    let open = '[';
    const items = iterate(this.budget, value);
    for (let i = 0; i < items.length; i++) {
      this.nesting.at(i);
      this.out.add(open);
      this.add(items[i]!);
      open = ',';
    }
    this.close(open, '[]', ']');
  }

  private close(open: string, empty: string, close: string): void {
    this.out.add(open === ',' ? close : empty);
    this.nesting.leave();
  }

  private addLongString(text: string): void {
    this.out.add('"');
    for (const block of textBlocks(text)) this.out.add(JSON.stringify(block).slice(1, -1));
    this.out.add('"');
  }

  private addString(text: string): void {
    if (PLAIN.test(text)) this.out.add(`"${text}"`);
    else if (text.length <= SHORT_UNITS) this.out.add(JSON.stringify(text));
    else this.addLongString(text);
  }
}

/** What stands between quotes as it is. */
const PLAIN = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/;

/** Units of a key that is remembered, and how many are. */
const SHORT_KEY = 40;
const MOST_KEYS = 256;

/** Units up to which a string is escaped at once. */
const SHORT_UNITS = 4096;

/** The shortest text that reads back as the same float, and as a float. */
function jsonFloat(value: number): string {
  const text = Object.is(value, -0) ? '-0' : String(value);
  return Number.isInteger(value) && Math.abs(value) < 1e21 ? `${text}.0` : text;
}
