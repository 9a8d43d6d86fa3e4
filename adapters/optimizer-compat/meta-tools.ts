/**
 * The two tools that stand in for all others, as they are listed. Their names and parameters are those of
 * ToolHive's optimizer; they say the same to every caller, so that a model's prompt stays the same.
 */
import type { JsonObject, ToolDefinition } from '../../core/index.js';

/** Finds tools by what they do. */
export const FIND_TOOL_NAME = 'find_tool';

/** Calls any tool. */
export const CALL_TOOL_NAME = 'call_tool';

/** Where a found definition says how a script calls the tool, in its `_meta`. */
export const SCRIPT_CALL_KEY = 'toolscript/call';

/** Set in the `_meta` of a definition that is an outline. */
export const OUTLINE_KEY = 'toolscript/outline';

/** The definition of `find_tool`; `scripts` says whether scripts can be run. */
export function findTool(scripts: boolean): ToolDefinition {
  return scripts ? FIND_FOR_SCRIPTS : FIND;
}

/** The definition of `call_tool`. */
export const CALL_TOOL: ToolDefinition = {
  name: CALL_TOOL_NAME,
  title: 'Call a tool',
  description: `Calls one tool that ${FIND_TOOL_NAME} found, and answers what the tool answers. Give its name as found, and its \
arguments, as its inputSchema wants them, in parameters.`,
  inputSchema: {
    type: 'object',
    properties: {
      tool_name: { type: 'string', description: `The name of the tool, as ${FIND_TOOL_NAME} gave it.` },
      parameters: {
        type: 'object',
        description: "The tool's own arguments.",
        additionalProperties: true,
      },
    },
    required: ['tool_name', 'parameters'],
  },
  annotations: { readOnlyHint: false, destructiveHint: true, idempotentHint: false, openWorldHint: true },
};

const COUNT = { type: 'number' };

/** Both metrics are counts of tokens, and what is saved of them. */
const METRICS = {
  type: 'object',
  properties: { baseline_tokens: COUNT, returned_tokens: COUNT, savings_percent: COUNT },
  required: ['baseline_tokens', 'returned_tokens', 'savings_percent'],
} satisfies JsonObject;

const FIND_PURPOSE = `Finds tools by what they do: most tools here are not listed, so look before you decide that there is none. \
Answers definitions, the best first; ${CALL_TOOL_NAME} calls them. Where _meta has ${OUTLINE_KEY}, parameters are shown \
in short: look for the tool's name to see all.`;

const FIND: ToolDefinition = {
  name: FIND_TOOL_NAME,
  title: 'Find tools',
  description: FIND_PURPOSE,
  inputSchema: {
    type: 'object',
    properties: {
      tool_description: { type: 'string', description: 'What the tool should do, in plain words.' },
      tool_keywords: {
        type: 'array',
        items: { type: 'string' },
        description: 'Words that its name or description may hold.',
      },
    },
    required: ['tool_description'],
  },
  outputSchema: {
    type: 'object',
    properties: { tools: { type: 'array', items: { type: 'object' } }, token_metrics: METRICS },
    required: ['tools', 'token_metrics'],
  },
  annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
};

const FIND_FOR_SCRIPTS: ToolDefinition = {
  ...FIND,
  description: `${FIND_PURPOSE} Their _meta shows, under ${SCRIPT_CALL_KEY}, how a script calls them. A script can look for tools by itself, which takes less room: \
prefer that where a job takes several tools.`,
};
