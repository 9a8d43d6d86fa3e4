/** Reads what a tool's input schema says in words: names, descriptions and values of its parameters. */
import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../../../core/index.js';

/** Texts of a schema, in the order in which they stand. */
export interface SchemaTexts {
  readonly names: readonly string[];
  /** Descriptions, titles and values to choose from. */
  readonly details: readonly string[];
}

/** Looks at so much of a schema and no more, whatever it is. */
const MAX_DEPTH = 6;
const MAX_NODES = 400;
const MAX_NAMES = 100;
const MAX_DETAIL_UNITS = 2_000;
const LONGEST_NAME = 100;
const LONGEST_DETAIL = 200;
const LONGEST_VALUE = 60;
const MAX_VALUES = 50;

/** References are not followed: what they lead to is told by the schemas that say it. */
export function textsOfSchema(schema: unknown): SchemaTexts {
  const reader = new SchemaReader();
  reader.read(schema, 0);
  return reader;
}

const LISTS = ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const;
const SINGLES = ['items', 'additionalProperties'] as const;

class SchemaReader implements SchemaTexts {
  readonly names: string[] = [];
  readonly details: string[] = [];
  #nodes = 0;
  #units = 0;

  read(schema: unknown, depth: number): void {
    this.#nodes += 1;
    if (!isJsonObject(schema) || depth > MAX_DEPTH || this.#nodes > MAX_NODES) return;
    if (depth > 0) this.#describe(schema);
    this.#readProperties(schema['properties'], depth);
    for (const key of SINGLES) if (Object.hasOwn(schema, key)) this.read(schema[key], depth + 1);
    for (const key of LISTS) {
      const list = Object.hasOwn(schema, key) ? schema[key] : undefined;
      if (isJsonArray(list)) for (const item of list.slice(0, MAX_VALUES)) this.read(item, depth + 1);
    }
  }

  #readProperties(properties: unknown, depth: number): void {
    if (!isJsonObject(properties)) return;
    for (const name of Object.keys(properties)) {
      if (this.names.length >= MAX_NAMES) return;
      this.names.push(name.slice(0, LONGEST_NAME));
      this.read(properties[name], depth + 1);
    }
  }

  #describe({ title, description, enum: values, const: value }: JsonObject): void {
    this.#add(title, LONGEST_DETAIL);
    this.#add(description, LONGEST_DETAIL);
    this.#add(value, LONGEST_VALUE);
    if (isJsonArray(values)) for (const one of values.slice(0, MAX_VALUES)) this.#add(one, LONGEST_VALUE);
  }

  #add(text: Json | undefined, longest: number): void {
    if (typeof text !== 'string' || this.#units >= MAX_DETAIL_UNITS) return;
    const cut = text.slice(0, longest);
    this.#units += cut.length;
    this.details.push(cut);
  }
}
