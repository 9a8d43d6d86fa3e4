/** Names for the tools of several dispatchers, each name once. */
import { SCRIPT_TOOL_NAME, type ToolDefinition } from '../../../core/index.js';

/** The tools of one part. */
export interface PartTools<Part> {
  readonly part: Part;
  /** Stands in front of names that an earlier part has. */
  readonly name: string;
  readonly tools: readonly ToolDefinition[];
}

/** Where a tool lives, and what it is called there. */
export interface JoinedRoute<Part> {
  readonly part: Part;
  readonly original: string;
}

/** All tools, and the way back from each name. */
export interface JoinedTools<Part> {
  readonly tools: readonly ToolDefinition[];
  readonly routes: ReadonlyMap<string, JoinedRoute<Part>>;
}

/** An earlier part keeps its names: what comes later cannot take the place of a tool that is there. */
export function joinTools<Part>(parts: readonly PartTools<Part>[]): JoinedTools<Part> {
  const tools: ToolDefinition[] = [];
  const routes = new Map<string, JoinedRoute<Part>>();
  for (const { part, name: label, tools: own } of parts) {
    const earlier = new Set(routes.keys());
    const isFree = (name: string): boolean => !routes.has(name) && name !== SCRIPT_TOOL_NAME;
    const keepers = new Set(own.filter(({ name }) => !earlier.has(name)).map(({ name }) => name));
    for (const tool of own) {
      const name = isFree(tool.name)
        ? tool.name
        : freeName(label, tool.name, (free) => isFree(free) && !keepers.has(free));
      tools.push(name === tool.name ? tool : { ...tool, name });
      routes.set(name, { part, original: tool.name });
    }
  }
  return { tools, routes };
}

const MAX_LENGTH = 128;
/** Room for a number behind the name. */
const MAX_CUT = 120;

/** A name that MCP clients take (SEP-986): the label in front, and a number behind where that is not free. */
function freeName(label: string, name: string, isFree: (name: string) => boolean): string {
  const plain = `${label}_${name}`.replace(/[^A-Za-z0-9_.-]/gu, '_');
  if (plain.length <= MAX_LENGTH && isFree(plain)) return plain;
  const cut = plain.slice(0, MAX_CUT);
  for (let number = 2; ; number += 1) {
    const numbered = `${cut}_${String(number)}`;
    if (isFree(numbered)) return numbered;
  }
}
