/** How an integrator sets up the names of tools; what is left out is the default. */
import { DEFAULT_RULES, type NamingRules } from './naming-rules.js';
import type { ToolRules } from './tool-selection.js';

/** What holds for all servers. */
export type AggregationOptions = Partial<Pick<NamingRules, 'conflicts' | 'prefix' | 'format' | 'priority'>>;

/** What holds for one server, beside how it is reached. */
export interface ServerRules {
  /** Stands in front of all its tools, needed or not, in place of what holds for all; it may be empty. */
  readonly prefix?: string;
  readonly tools?: ToolRules;
  /** Milliseconds that it may take to start and to list its tools. */
  readonly connectTimeoutMs?: number;
}

/** The rules of a composition. */
export function namingRules(
  options: AggregationOptions,
  servers: Readonly<Record<string, ServerRules>>,
  reserved: readonly string[],
): NamingRules {
  const prefixes = Object.entries(servers).flatMap(([name, { prefix }]) =>
    prefix === undefined ? [] : [[name, prefix] as const],
  );
  return { ...DEFAULT_RULES, ...options, prefixes: new Map(prefixes), reserved: new Set(reserved) };
}
