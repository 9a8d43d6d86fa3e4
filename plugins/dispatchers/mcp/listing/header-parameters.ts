/**
 * Parameters that a tool wants repeated in HTTP headers: `x-mcp-header` in its input schema, revision
 * 2026-07-28, Streamable HTTP. A tool that marks them wrongly must not be used.
 */
import type { JsonObject, ToolDefinition } from '../../../../core/index.js';
import type { ItemList } from './item-list.js';
import { isRecord } from '../message/loose-json.js';
import { fieldValue } from '../transport/field-value.js';

/** A parameter that is repeated. */
export interface HeaderParameter {
  readonly path: readonly string[];
  /** The header's name after `Mcp-Param-`. */
  readonly name: string;
}

/** Leaves out the tools that mark parameters wrongly, and tells of the others what they mark. */
export function readHeaderParameters({ items, problems }: ItemList<ToolDefinition>): {
  readonly list: ItemList<ToolDefinition>;
  readonly parameters: ReadonlyMap<string, readonly HeaderParameter[]>;
} {
  const parameters = new Map<string, readonly HeaderParameter[]>();
  const faults: string[] = [];
  const good = items.filter(({ name, inputSchema }) => {
    const found = headerParameters(inputSchema);
    if (typeof found === 'string') faults.push(`tool ${JSON.stringify(name)} is left out: ${found}`);
    else parameters.set(name, found);
    return typeof found !== 'string';
  });
  return { list: { items: good, problems: [...problems, ...faults] }, parameters };
}

/** What the schema marks, or what is wrong with it. */
export function headerParameters(inputSchema: JsonObject): readonly HeaderParameter[] | string {
  const marks: Mark[] = [];
  collect(inputSchema, [], true, marks);
  const fault = marks.map(faultOf).find((found) => found !== undefined);
  if (fault !== undefined) return fault;
  const parameters = marks.map(({ path, value }) => ({ path, name: value as string }));
  const names = new Set(parameters.map(({ name }) => name.toLowerCase()));
  return names.size === parameters.length ? parameters : `two parameters want the same header`;
}

/** The headers of one call. Parameters that are absent, null or no plain value have none. */
export function parameterHeaders(
  parameters: readonly HeaderParameter[],
  args: JsonObject,
): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { path, name } of parameters) {
    const value = path.reduce<unknown>((found, key) => (isRecord(found) ? found[key] : undefined), args);
    if (typeof value === 'string') headers[`Mcp-Param-${name}`] = fieldValue(value);
    if (typeof value === 'boolean' || Number.isSafeInteger(value))
      headers[`Mcp-Param-${name}`] = String(value);
  }
  return headers;
}

/** A place where `x-mcp-header` stands. */
interface Mark {
  readonly path: readonly string[];
  /** Whether only `properties` lead to it. */
  readonly isParameter: boolean;
  readonly value: unknown;
  readonly type: unknown;
}

const MARK = 'x-mcp-header';
/** Where a schema holds data, not schemas. */
const DATA: ReadonlySet<string> = new Set(['const', 'default', 'enum', 'examples', 'required', 'properties']);
/** Where schemas stand under names of their own. */
const NAMED: ReadonlySet<string> = new Set(['$defs', 'definitions', 'patternProperties', 'dependentSchemas']);

function collect(schema: unknown, path: readonly string[], isParameter: boolean, marks: Mark[]): void {
  if (!isRecord(schema)) return;
  if (MARK in schema) marks.push({ path, isParameter, value: schema[MARK], type: schema['type'] });
  const { properties } = schema;
  if (isRecord(properties)) {
    for (const [name, inner] of Object.entries(properties))
      collect(inner, [...path, name], isParameter, marks);
  }
  for (const [keyword, inner] of Object.entries(schema)) {
    if (DATA.has(keyword)) continue;
    const schemas = Array.isArray(inner)
      ? inner
      : NAMED.has(keyword) && isRecord(inner)
        ? Object.values(inner)
        : [inner];
    for (const each of schemas) collect(each, path, false, marks);
  }
}

const TYPES: readonly unknown[] = ['string', 'integer', 'boolean'];
/** A token of RFC 9110, section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function faultOf({ path, isParameter, value, type }: Mark): string | undefined {
  const where = `"${MARK}" of ${path.join('.') || 'the schema'}`;
  if (!isParameter || path.length === 0) return `${where} stands where no parameter is`;
  if (typeof value !== 'string' || !TOKEN.test(value)) return `${where} is no name of a header`;
  return TYPES.includes(type) ? undefined : `${where} marks neither a string nor an integer nor a boolean`;
}
