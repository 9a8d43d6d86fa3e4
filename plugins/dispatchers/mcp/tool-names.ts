/** Names for the tools of many servers, each name once. */
import type { ToolDefinition } from '../../../core/index.js';

/** A server and the tools that it offers. */
export interface Offer<Server> {
  readonly server: Server;
  readonly name: string;
  readonly tools: readonly ToolDefinition[];
}

/** A tool under the name by which it is listed, and where it lives. */
export interface NamedTool<Server> {
  readonly definition: ToolDefinition;
  readonly server: Server;
  /** The server's own name for it. */
  readonly original: string;
}

/** How tools are named. */
export interface Naming {
  /** `when-needed`: only names that several servers offer get the server's name in front. */
  readonly prefix: 'when-needed' | 'always';
  /** Names that no tool may have unprefixed. */
  readonly reserved: ReadonlySet<string>;
}

/**
 * Gives every tool a name. The answer is in the order of the servers' names, then as each server lists
 * its tools; the same offers give the same names, whichever came first.
 */
export function nameTools<Server>(offers: readonly Offer<Server>[], naming: Naming): NamedTool<Server>[] {
  const sorted = [...offers].sort((a, b) => (a.name < b.name ? -1 : 1));
  const shared = sharedNames(sorted, naming.reserved);
  const own = (name: string): boolean => naming.prefix === 'when-needed' && !shared.has(name);
  const taken = new Set<string>(naming.reserved);
  for (const { tools } of sorted) for (const { name } of tools) if (own(name)) taken.add(name);
  return sorted.flatMap(({ server, name, tools }) =>
    tools.map((tool) => {
      const listed = own(tool.name) ? tool.name : freeName(`${prefixOf(name)}_${tool.name}`, taken);
      const definition = listed === tool.name ? tool : { ...tool, name: listed };
      return { definition, server, original: tool.name };
    }),
  );
}

function sharedNames(offers: readonly Offer<unknown>[], reserved: ReadonlySet<string>): ReadonlySet<string> {
  const once = new Set<string>();
  const shared = new Set<string>(reserved);
  for (const { name } of offers.flatMap(({ tools }) => tools)) {
    if (once.has(name)) shared.add(name);
    once.add(name);
  }
  return shared;
}

/** A server's name may be anything; a tool's may not. */
function prefixOf(server: string): string {
  return server.replace(/[^A-Za-z0-9_.-]/g, '_');
}

/** The name, or the first of name_2, name_3, … that is free; it is taken then. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count += 1) free = `${name}_${count}`;
  taken.add(free);
  return free;
}
