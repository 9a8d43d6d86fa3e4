/** How many tokens a tool's definition takes in a model's context, about: a quarter of its bytes as JSON. */
import { utf8Bytes } from './byte-count.js';
import type { JsonObject } from './json.js';
import { jsonText } from './json-text.js';
import type { ToolDefinition } from './tool-dispatcher.js';

/** As a rule of thumb, for English and JSON. */
export const BYTES_PER_TOKEN = 4;

const estimates = new WeakMap<ToolDefinition, number>();
const sums = new WeakMap<readonly ToolDefinition[], number>();

/** Of one definition; worked out once. */
export function estimatedTokens(tool: ToolDefinition): number {
  const known = estimates.get(tool);
  if (known !== undefined) return known;
  const estimate = Math.floor(utf8Bytes(jsonText(tool as JsonObject)) / BYTES_PER_TOKEN);
  estimates.set(tool, estimate);
  return estimate;
}

/** Of a list; worked out once for the same array. */
export function estimatedTokensOf(tools: readonly ToolDefinition[]): number {
  const known = sums.get(tools);
  if (known !== undefined) return known;
  const sum = tools.reduce((total, tool) => total + estimatedTokens(tool), 0);
  sums.set(tools, sum);
  return sum;
}
