/**
 * Definitions that would fill a model's context by themselves: what is found of them is an outline, the
 * names and types of their parameters. The tool is called as any other, against its whole schema.
 */
import {
  estimatedTokens,
  isJsonObject,
  oneLine,
  type JsonObject,
  type ToolDefinition,
} from '../../core/index.js';

/** The greatest definition that is answered whole, in estimated tokens. */
export const MAX_DEFINITION_TOKENS = 8_000;

const MAX_DESCRIPTION = 1_000;
const MAX_PARAMETERS = 100;
const MAX_NAME = 200;

const outlines = new WeakMap<ToolDefinition, ToolDefinition>();

/** The definition, or its outline when it is too great; the same for the same one. */
export function outlined(tool: ToolDefinition): ToolDefinition {
  if (estimatedTokens(tool) <= MAX_DEFINITION_TOKENS) return tool;
  const known = outlines.get(tool) ?? outlineOf(tool);
  outlines.set(tool, known);
  return known;
}

function outlineOf({ name, description, inputSchema }: ToolDefinition): ToolDefinition {
  return {
    name,
    ...(typeof description === 'string' && { description: oneLine(description, MAX_DESCRIPTION) }),
    inputSchema: outlineOfSchema(isJsonObject(inputSchema) ? inputSchema : {}),
    _meta: { 'toolscript/outline': 'the whole definition is too long to be shown: these are its parameters' },
  };
}

function outlineOfSchema({ properties, required }: JsonObject): JsonObject {
  const parameters = isJsonObject(properties) ? Object.entries(properties).slice(0, MAX_PARAMETERS) : [];
  const names = new Set(Array.isArray(required) ? (required as readonly unknown[]) : []);
  const shown = parameters.filter(([name]) => name.length <= MAX_NAME);
  return {
    type: 'object',
    properties: Object.fromEntries(shown.map(([name, schema]) => [name, typeOf(schema)])),
    required: shown.map(([name]) => name).filter((name) => names.has(name)),
  };
}

function typeOf(schema: unknown): JsonObject {
  const type = isJsonObject(schema) ? schema['type'] : undefined;
  return typeof type === 'string' ? { type: oneLine(type, MAX_NAME) } : {};
}
