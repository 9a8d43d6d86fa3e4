/**
 * A tool's call as a model reads it, in one line of stub-file Python:
 * `search_issues(query: str, state: "open"|"closed" = "open", limit: int = ...) -> list[{id: int, title: str}]`.
 *
 * Schemas come from outside: whatever is odd, recursive, too deep or too long becomes `any`.
 */
import { isJsonObject } from '../../../core/index.js';
import type { BoundTool, Json, JsonObject } from '../../../core/index.js';

/** Levels of a schema that are spelled out. */
const SHAPE_DEPTH = 3;
/** Members of an object, of a union or of an enumeration that are spelled out. */
const MEMBERS = 12;
/** UTF-16 units of a default or of a constant that are shown. */
const LITERAL_LENGTH = 40;

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

/**
 * The signature of a tool. A parameter that may be left out without a known default has `= ...`; one
 * whose name is no identifier is shown as a script must pass it, in `**{…}`.
 */
export function toolSignature(tool: BoundTool): string {
  const { inputSchema, outputSchema } = tool.tool;
  const properties = objectAt(inputSchema, 'properties');
  const parameters = tool.parameters
    .filter((name) => IDENTIFIER.test(name))
    .map((name) => parameter(name, properties[name], tool.required.includes(name)));
  const others = tool.parameters
    .filter((name) => !IDENTIFIER.test(name))
    .map((name) => `${JSON.stringify(name)}: ${shape(properties[name], 0)}`);
  if (others.length > 0) parameters.push(`**{${others.join(', ')}}`);
  const answer = outputSchema === undefined ? '' : ` -> ${shape(unwrapped(outputSchema), 0)}`;
  return `${tool.scriptName}(${parameters.join(', ')})${answer}`;
}

function parameter(name: string, schema: Json | undefined, required: boolean): string {
  const text = `${name}: ${shape(schema, 0)}`;
  if (required) return text;
  const initial = isJsonObject(schema) && 'default' in schema ? literal(schema.default) : null;
  return `${text} = ${initial ?? '...'}`;
}

/** `{"result": x}` alone reaches a script as x. */
function unwrapped(schema: JsonObject): Json | undefined {
  const properties = objectAt(schema, 'properties');
  const names = Object.keys(properties);
  return names.length === 1 && names[0] === 'result' ? properties.result : schema;
}

const SIMPLE: ReadonlyMap<Json | undefined, string> = new Map([
  ['string', 'str'],
  ['integer', 'int'],
  ['number', 'float'],
  ['boolean', 'bool'],
  ['null', 'None'],
]);

function shape(schema: Json | undefined, depth: number): string {
  if (!isJsonObject(schema)) return 'any';
  if (Array.isArray(schema.enum)) return union(schema.enum.map((value: Json) => literal(value) ?? 'any'));
  if ('const' in schema) return literal(schema.const) ?? 'any';
  const options = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(options)) return union(options.map((option: Json) => shape(option, depth + 1)));
  if (Array.isArray(schema.type)) return union(schema.type.map((type: Json) => typed(type, schema, depth)));
  return typed(schema.type, schema, depth);
}

function typed(type: Json | undefined, schema: JsonObject, depth: number): string {
  const simple = SIMPLE.get(type);
  if (simple !== undefined) return simple;
  if (type === 'array') return depth < SHAPE_DEPTH ? `list[${shape(schema.items, depth + 1)}]` : 'list';
  if (type === 'object' || 'properties' in schema) return object(schema, depth);
  return 'any';
}

function object(schema: JsonObject, depth: number): string {
  const properties = objectAt(schema, 'properties');
  const names = Object.keys(properties);
  if (names.length === 0) {
    const values = schema.additionalProperties;
    return isJsonObject(values) && depth < SHAPE_DEPTH ? `dict[str, ${shape(values, depth + 1)}]` : 'dict';
  }
  if (depth >= SHAPE_DEPTH) return 'dict';
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const members = names
    .slice(0, MEMBERS)
    .map((name) => member(name, required.has(name), shape(properties[name], depth + 1)));
  if (names.length > MEMBERS) members.push('…');
  return `{${members.join(', ')}}`;
}

function member(name: string, required: boolean, shape: string): string {
  return `${IDENTIFIER.test(name) ? name : JSON.stringify(name)}${required ? '' : '?'}: ${shape}`;
}

function union(options: readonly string[]): string {
  const distinct = [...new Set(options)];
  if (distinct.length === 0 || distinct.includes('any')) return 'any';
  return distinct.length > MEMBERS ? `${distinct.slice(0, MEMBERS).join('|')}|…` : distinct.join('|');
}

/** A value as the script would write it; null when it is not simple or too long. */
function literal(value: Json | undefined): string | null {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'object' || value === undefined) return null;
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > LITERAL_LENGTH ? null : text;
}

function objectAt(schema: JsonObject, key: string): JsonObject {
  const value = Object.hasOwn(schema, key) ? schema[key] : undefined;
  return isJsonObject(value) ? value : {};
}
