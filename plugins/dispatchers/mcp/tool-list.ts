/**
 * Reads a server's `tools/list` to its end, within bounds, definition by definition.
 *
 * The SDK's own listing strips the fields that it does not know, and refuses the whole list for one bad
 * definition. Here a bad one is left out with a diagnostic, and the others stay as they came.
 */
import {
  specTypeSchemas,
  type Client,
  type JSONRPCMessage,
  type RequestOptions,
} from '@modelcontextprotocol/client';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/client/validators/ajv';

import type { ToolDefinition } from '../../../core/index.js';
import { asItCame, isDeeperThan, isRecord } from './loose-json.js';

const MAX_PAGES = 200;
const MAX_TOOLS = 10_000;
const MAX_NAME_LENGTH = 256;
const MAX_DEPTH = 100;

/** What a server offers, and what is wrong with some of it. */
export interface ToolList {
  readonly tools: readonly ToolDefinition[];
  readonly problems: readonly string[];
}

/** Lists all tools of a server. Rejects when a page cannot be had. */
export async function listTools(client: Client, options: RequestOptions): Promise<ToolList> {
  const reading = new Reading();
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const params = cursor === undefined ? {} : { cursor };
    const result = await client.request({ method: 'tools/list', params }, asItCame, options);
    cursor = reading.take(result);
    if (cursor === undefined) return reading.list();
    if (seen.has(cursor)) return reading.list('lists the same page again and again: the rest is left out');
    seen.add(cursor);
  }
  return reading.list(`lists more than ${MAX_PAGES} pages: the rest is left out`);
}

/** Where {@link shieldToolList} puts a list. */
const SHIELDED = 'toolscript/tools';

/**
 * Puts the tools of a `tools/list` answer out of the SDK's sight, before it judges the message: in the
 * 2026-07-28 era it refuses the whole list for one bad definition, whatever schema the request names.
 */
export function shieldToolList(message: JSONRPCMessage): void {
  if (!('result' in message)) return;
  const result: Record<string, unknown> = message.result;
  if (!Array.isArray(result['tools']) || 'content' in result) return;
  result[SHIELDED] = result['tools'];
  result['tools'] = [];
}

class Reading {
  readonly #tools = new Map<string, ToolDefinition>();
  readonly #problems: string[] = [];
  readonly #schemas = new AjvJsonSchemaValidator();

  /** Takes a page; answers the cursor of the next. */
  take(page: unknown): string | undefined {
    const tools = isRecord(page) ? page[SHIELDED] : undefined;
    if (!isRecord(page) || !Array.isArray(tools))
      throw new Error('answered tools/list without a list of tools');
    for (const definition of tools) this.#add(definition);
    const { nextCursor } = page;
    return typeof nextCursor === 'string' && nextCursor !== '' && this.#tools.size < MAX_TOOLS
      ? nextCursor
      : undefined;
  }

  list(problem?: string): ToolList {
    const problems = problem === undefined ? this.#problems : [...this.#problems, problem];
    return { tools: [...this.#tools.values()], problems };
  }

  #add(definition: unknown): void {
    const fault = faultOf(definition);
    if (fault === undefined) this.#keep(this.#withoutBadOutputSchema(definition as ToolDefinition));
    else this.#problems.push(`${labelOf(definition)} is left out: ${fault}`);
  }

  #keep(tool: ToolDefinition): void {
    if (this.#tools.size >= MAX_TOOLS) return;
    if (this.#tools.has(tool.name)) this.#problems.push(`${labelOf(tool)} is listed twice: the first counts`);
    else this.#tools.set(tool.name, tool);
  }

  /** Clients compile output schemas while they list: one that cannot be compiled would cost them the list. */
  #withoutBadOutputSchema(tool: ToolDefinition): ToolDefinition {
    if (tool.outputSchema === undefined) return tool;
    try {
      this.#schemas.getValidator(tool.outputSchema);
      return tool;
    } catch {
      this.#problems.push(`${labelOf(tool)} is listed without its output schema, which cannot be compiled`);
      const fields = Object.entries(tool).filter(([field]) => field !== 'outputSchema');
      return Object.fromEntries(fields) as ToolDefinition;
    }
  }
}

function labelOf(definition: unknown): string {
  const name = isRecord(definition) ? definition['name'] : undefined;
  return typeof name === 'string' ? `tool ${JSON.stringify(name.slice(0, 80))}` : 'a tool without a name';
}

/** Why clients would refuse a list with this definition in it; nothing when they would not. */
function faultOf(definition: unknown): string | undefined {
  if (!isRecord(definition)) return 'it is no object';
  const { name } = definition;
  if (typeof name !== 'string' || name === '') return '"name" must be a text that is not empty';
  if (name.length > MAX_NAME_LENGTH) return `"name" has more than ${MAX_NAME_LENGTH} characters`;
  if (isDeeperThan(MAX_DEPTH, definition)) return `it nests deeper than ${MAX_DEPTH} levels`;
  const verdict = specTypeSchemas.Tool['~standard'].validate(definition);
  const issue = verdict instanceof Promise ? undefined : verdict.issues?.[0];
  return issue === undefined ? undefined : `"${(issue.path ?? []).map(String).join('.')}": ${issue.message}`;
}
