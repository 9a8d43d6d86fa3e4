/** What an input schema says of a tool's parameters at first sight: names, which are required, whether others may come. */
import { isJsonObject } from './json.js';
import type { Json, JsonObject } from './json.js';
import { referenced } from './schema-pointer.js';

/** The parameters of one tool, read from a schema that may be anything. */
export class ParameterList {
  /** In the order of the schema. */
  readonly names: readonly string[];
  readonly required: readonly string[];
  /** Whether arguments that are not named are let through. */
  readonly open: boolean;
  /** The schema that holds the properties. */
  readonly schema: JsonObject;

  constructor(inputSchema: unknown) {
    const schema = followReferences(inputSchema);
    this.schema = schema;
    this.names = Object.keys(objectAt(schema, 'properties'));
    this.required = textsAt(schema, 'required');
    this.open = schema['additionalProperties'] !== false || Object.hasOwn(schema, 'patternProperties');
  }
}

const MAX_REFERENCES = 8;

/** The schema that holds the properties: generators often put it behind a local `$ref`. */
function followReferences(inputSchema: unknown): JsonObject {
  const root = isJsonObject(inputSchema) ? inputSchema : {};
  let schema = root;
  for (let hops = 0; hops < MAX_REFERENCES; hops += 1) {
    if (typeof schema['$ref'] !== 'string' || !schema['$ref'].startsWith('#/')) return schema;
    const target = referenced(root, schema['$ref']);
    schema = isJsonObject(target) ? target : {};
  }
  return schema;
}

function ownValue(object: JsonObject, key: string): Json | undefined {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function objectAt(schema: JsonObject, key: string): JsonObject {
  const value = ownValue(schema, key);
  return isJsonObject(value) ? value : {};
}

function textsAt(schema: JsonObject, key: string): string[] {
  const value = ownValue(schema, key);
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
