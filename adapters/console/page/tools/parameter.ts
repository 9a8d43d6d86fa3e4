/** What the page knows of a tool's parameters, read from its input schema. The schema is another's text. */
import type { Json, JsonObject } from '../../../../core/index.js';

/** One parameter of a tool. */
export interface Parameter {
  readonly name: string;
  /** In a few words: `string`, `integer[]`, `"open" | "closed"`. */
  readonly type: string;
  readonly required: boolean;
  /** Empty where there is none. */
  readonly description: string;
  /** What it may be, where that is a list. */
  readonly values: readonly Json[];
  readonly schema: JsonObject;
}

/** Parameters that are read of one tool. */
const MOST_PARAMETERS = 200;

/** The parameters of a tool in the order of its schema, which is that of positional arguments. */
export function parametersOf(schema: JsonObject): Parameter[] {
  const properties = ownObject(schema, 'properties') ?? {};
  const required = own(schema, 'required');
  const musts = new Set(isJsonArray(required) ? required : []);
  return Object.entries(properties)
    .slice(0, MOST_PARAMETERS)
    .map(([name, value]) => {
      const about = isJsonObject(value) ? value : {};
      return {
        name,
        type: typeText(about),
        required: musts.has(name),
        description: textOf(about, 'description'),
        values: valuesOf(about),
        schema: about,
      };
    });
}

/** The member of an object that is its own: `__proto__` and `constructor` are names like others. */
export function own(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function ownObject(object: JsonObject, key: string): JsonObject | undefined {
  const value = own(object, key);
  return isJsonObject(value) ? value : undefined;
}

function textOf(object: JsonObject, key: string): string {
  const value = own(object, key);
  return typeof value === 'string' ? value : '';
}

function valuesOf(schema: JsonObject): Json[] {
  const values = own(schema, 'enum');
  if (isJsonArray(values)) return values.slice(0, 100);
  const only = own(schema, 'const');
  return only === undefined ? [] : [only];
}

function typeText(schema: JsonObject): string {
  const values = valuesOf(schema);
  if (values.length > 0) {
    return values
      .slice(0, 6)
      .map((value) => JSON.stringify(value))
      .concat(values.length > 6 ? ['…'] : [])
      .join(' | ');
  }
  const type = own(schema, 'type');
  if (type === 'array') {
    const items = ownObject(schema, 'items');
    return `${items === undefined ? 'any' : typeText(items)}[]`;
  }
  if (typeof type === 'string') return type;
  if (isJsonArray(type)) return type.filter((one) => typeof one === 'string').join(' | ');
  return 'any';
}

function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
