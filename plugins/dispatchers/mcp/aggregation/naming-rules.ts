/** How what many servers offer gets its names. */

/** What happens to a name that several servers offer. */
export type ConflictStrategy =
  /** All of them get their server in front. */
  | 'prefix'
  /** The first server of the list keeps it; the others' are left out. Without a listed one: as `prefix`. */
  | 'priority'
  /** Nobody settles it but the operator, by overrides: until then it is a fault. */
  | 'manual';

/** The rules of one composition. */
export interface NamingRules {
  readonly conflicts: ConflictStrategy;
  /** `when-needed`: only where a name would clash. */
  readonly prefix: 'when-needed' | 'always';
  /** What stands in front; `{server}` in it is the server's name. */
  readonly format: string;
  /** By server, a text that stands in front of all its names, in place of what the rules say; it may be empty. */
  readonly prefixes: ReadonlyMap<string, string>;
  /** For `priority`: names of servers, the first wins. */
  readonly priority: readonly string[];
  /** Names that nobody gets. */
  readonly reserved: ReadonlySet<string>;
}

/** The place of the server's name in a format. */
export const SERVER_PLACE = '{server}';

/** What rules are when nothing is said. */
export const DEFAULT_RULES: NamingRules = {
  conflicts: 'prefix',
  prefix: 'when-needed',
  format: `${SERVER_PLACE}_`,
  prefixes: new Map(),
  priority: [],
  reserved: new Set(),
};
