/**
 * Values of the host's JSON and back.
 *
 * Both ways copy: no object of the host is ever reachable from a script, nor the other way round. Keys
 * such as `__proto__` are ordinary data on both sides.
 */
import type { Budget } from './budget.js';
import { ENTRY_BYTES, FLOAT_BYTES, SEQUENCE_BYTES, chargeText, sequenceBytes } from './cost.js';
import { Dict } from './dict.js';
import { floatText } from './float-text.js';
import { isJsonArray } from './json-encoder.js';
import { bitsOf, chargeInteger, makeInteger } from './integer.js';
import { typeName } from './kind.js';
import { Nesting } from './nesting.js';
import { iterate } from './sequence.js';
import { Float, List, Struct } from './value.js';
import type { Value } from './value.js';

/** JSON as the host holds it: an int beyond 2^53 is a bigint. */
export type Json =
  null | boolean | number | bigint | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The value of host JSON: a whole number within ±(2^53−1) or a bigint is an int, any other number a
 * float. Properties that are undefined are left out, as JSON does; everything else that is no JSON (NaN,
 * functions, class instances, cycles) is an error that names its place and that `act` begins.
 */
export function fromJson(budget: Budget, json: unknown, act = 'read JSON'): Value {
  return new Importer(budget, act).convert(json);
}

/**
 * Host JSON of a value: dicts with string keys and structs become plain objects; lists, tuples, sets and
 * ranges arrays. Accepts what {@link encodeJson} accepts, and refuses the rest in the same words.
 */
export function toJson(budget: Budget, value: Value, act = 'convert to JSON'): Json {
  return new Exporter(budget, act).convert(value);
}

class Importer {
  private readonly nesting: Nesting;

  constructor(
    private readonly budget: Budget,
    act: string,
  ) {
    this.nesting = new Nesting(budget, act, (container) => (Array.isArray(container) ? 'array' : 'object'));
  }

  convert(json: unknown): Value {
    switch (typeof json) {
      case 'string':
        chargeText(this.budget, json.length);
        return json;
      case 'number':
        return this.number(json);
      case 'bigint':
        chargeInteger(this.budget, bitsOf(json));
        return makeInteger(json);
      case 'boolean':
        return json;
      case 'object':
        return json === null ? null : this.container(json);
      default:
        throw this.nesting.fault(`got ${typeof json}, want JSON`);
    }
  }

  private number(json: number): Value {
    if (Number.isSafeInteger(json)) return makeInteger(json);
    if (!Number.isFinite(json)) throw this.nesting.fault(`got ${json}, want a finite number`);
    this.budget.allocate(FLOAT_BYTES);
    return new Float(json);
  }

  private container(json: object): Value {
    const isArray = Array.isArray(json);
    if (!isArray && !isPlain(json)) throw this.nesting.fault(`got ${className(json)}, want JSON`);
    this.nesting.enter(json);
    const value = isArray ? this.list(json) : this.dict(json);
    this.nesting.leave();
    return value;
  }

  private list(array: readonly unknown[]): List {
    this.budget.allocate(sequenceBytes(array.length));
    const items = new Array<Value>(array.length);
    for (let i = 0; i < array.length; i++) {
      this.nesting.at(i);
      items[i] = this.convert(array[i]);
    }
    return new List(items);
  }

  private dict(object: object): Dict {
    const dict = new Dict();
    this.budget.allocate(SEQUENCE_BYTES);
    for (const [key, item] of Object.entries(object) as [string, unknown][]) {
      this.nesting.at(key);
      if (item !== undefined) dict.setString(this.budget, key, this.convert(item));
    }
    return dict;
  }
}

/** An object literal's like: of any realm, or without a prototype. */
function isPlain(json: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(json);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function className(json: object): string {
  return Object.prototype.toString.call(json).slice(8, -1);
}

class Exporter {
  private readonly nesting: Nesting;

  constructor(
    private readonly budget: Budget,
    act: string,
  ) {
    this.nesting = new Nesting(budget, act, (container) => typeName(container as Value));
  }

  convert(value: Value): Json {
    if (typeof value !== 'object' || value === null) return value;
    if (value instanceof Float) return this.float(value.value);
    if (value instanceof Dict) return this.nested(value, () => this.object(value.entries()));
    if (isJsonArray(value)) return this.nested(value, () => this.array(iterate(this.budget, value)));
    if (value instanceof Struct) return this.nested(value, () => this.object(value.fields));
    throw this.nesting.fault(`cannot encode ${typeName(value)} as JSON`);
  }

  private float(value: number): number {
    if (Number.isFinite(value)) return value;
    throw this.nesting.fault(`cannot encode non-finite float ${floatText(value)}`);
  }

  private nested(container: object, convert: () => Json): Json {
    this.nesting.enter(container);
    const json = convert();
    this.nesting.leave();
    return json;
  }

  private array(items: readonly Value[]): Json {
    this.budget.allocate(sequenceBytes(items.length));
    return items.map((item, i) => {
      this.nesting.at(i);
      return this.convert(item);
    });
  }

  private object(entries: Iterable<readonly [Value, Value]>): Json {
    const object: { [key: string]: Json } = {};
    this.budget.allocate(SEQUENCE_BYTES);
    for (const [key, value] of entries) {
      if (typeof key !== 'string')
        throw this.nesting.faultOfContainer(`dict has ${typeName(key)} key, want string`);
      this.nesting.at(key);
      this.budget.allocate(ENTRY_BYTES);
      setOwn(object, key, this.convert(value));
    }
    return object;
  }
}

/** Makes `__proto__` an own key like any other. */
function setOwn(object: { [key: string]: Json }, key: string, value: Json): void {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}
