/**
 * Definitions that would fill a model's context: what is found of them is an outline, the names and types of
 * their parameters. The tool is called as any other, against its whole schema.
 */
import {
  estimatedTokens,
  isJsonObject,
  oneLine,
  type JsonObject,
  type ToolDefinition,
} from '../../core/index.js';
import { OUTLINE_KEY } from './meta-tools.js';

/** The greatest definition that is ever answered whole, in estimated tokens. */
export const MAX_DEFINITION_TOKENS = 8_000;

const MAX_DESCRIPTION = 200;
const MAX_PARAMETERS = 100;
const MAX_NAME = 200;

const outlines = new WeakMap<ToolDefinition, ToolDefinition>();

/**
 * The definitions, the first of them whole and the others as long as all that are take no more than so many
 * estimated tokens together; outlines of the rest. `maxTokens` 0 leaves all whole but the greatest.
 */
export function outlinedBeyond(
  maxTokens: number,
  tools: readonly ToolDefinition[],
): readonly ToolDefinition[] {
  let left = maxTokens === 0 ? Number.POSITIVE_INFINITY : maxTokens;
  return tools.map((tool, index) => {
    const tokens = estimatedTokens(tool);
    const isWhole = tokens <= MAX_DEFINITION_TOKENS && (index === 0 || tokens <= left);
    if (isWhole) left -= tokens;
    return isWhole ? tool : outlined(tool);
  });
}

/** The same for the same definition, which it is itself when it is no longer than its outline. */
function outlined(tool: ToolDefinition): ToolDefinition {
  const known = outlines.get(tool);
  if (known !== undefined) return known;
  const outline = outlineOf(tool);
  const shorter = estimatedTokens(outline) < estimatedTokens(tool) ? outline : tool;
  outlines.set(tool, shorter);
  return shorter;
}

function outlineOf({ name, description, inputSchema }: ToolDefinition): ToolDefinition {
  return {
    name,
    ...(typeof description === 'string' && { description: oneLine(description, MAX_DESCRIPTION) }),
    inputSchema: outlineOfSchema(isJsonObject(inputSchema) ? inputSchema : {}),
    _meta: { [OUTLINE_KEY]: true },
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
