/** Which tools of a server are let in, and what the operator says of them in place of the server. */
import { fitsPattern, type JsonObject, type ToolDefinition } from '../../../../core/index.js';
import type { Offered } from './item-names.js';

/** What is said of one tool in place of what its server says. */
export interface ToolOverride {
  /** 1 to 128 characters of A–Z, a–z, 0–9, `_`, `-` and `.`. */
  readonly name?: string;
  readonly title?: string;
  readonly description?: string;
  /** Each annotation that is named here takes the place of the server's; the others stay. */
  readonly annotations?: JsonObject;
}

/** What is let in of a server's tools; patterns and keys are the server's own names. */
export interface ToolRules {
  /** Patterns (`*`, `?`); only what fits one of them is let in. Default: all. */
  readonly include?: readonly string[];
  /** Patterns; what fits one of them is left out. */
  readonly exclude?: readonly string[];
  readonly overrides?: Readonly<Record<string, ToolOverride>>;
}

/** What a server offers once its rules are followed. */
export interface Selection {
  readonly offered: readonly Offered<ToolDefinition>[];
  /** Rules that meet nothing, and new names that cannot be given. */
  readonly problems: readonly string[];
}

/** Follows the rules of a server, whose tools have distinct names. */
export function selectTools(tools: readonly ToolDefinition[], rules: ToolRules): Selection {
  const selected = tools.filter(({ name }) => isLetIn(name, rules));
  const renaming = new Renaming(selected, rules.overrides ?? {});
  const offered = selected.map((tool) => ({ item: renaming.apply(tool), original: tool.name }));
  return { offered, problems: [...idlePatterns(tools, rules), ...renaming.problems] };
}

function isLetIn(name: string, { include, exclude = [] }: ToolRules): boolean {
  const fits = (pattern: string): boolean => fitsPattern(name, pattern);
  return (include === undefined || include.some(fits)) && !exclude.some(fits);
}

/** A pattern that meets nothing is a slip of the pen, or of a server that changed. */
function idlePatterns(tools: readonly ToolDefinition[], { include = [], exclude = [] }: ToolRules): string[] {
  if (tools.length === 0) return [];
  const idle = (patterns: readonly string[], list: string): string[] =>
    patterns
      .filter((pattern) => pattern !== '*' && !tools.some(({ name }) => fitsPattern(name, pattern)))
      .map((pattern) => `tools.${list}: no tool fits ${JSON.stringify(pattern)}`);
  return [...idle(include, 'include'), ...idle(exclude, 'exclude')];
}

/** Overrides at work on one server's tools; each name goes to one of them. */
class Renaming {
  readonly problems: string[] = [];
  readonly #overrides: ReadonlyMap<string, ToolOverride>;
  readonly #names: Set<string>;

  constructor(tools: readonly ToolDefinition[], overrides: Readonly<Record<string, ToolOverride>>) {
    this.#overrides = new Map(Object.entries(overrides));
    const present = new Set(tools.map(({ name }) => name));
    this.#names = new Set([...present].filter((name) => this.#newName(name) === undefined));
    if (tools.length === 0) return;
    for (const name of this.#overrides.keys()) {
      if (!present.has(name)) this.#tell(name, 'no such tool is let in');
    }
  }

  /** The tool as it should be listed; the very same where nothing is said of it. */
  apply(tool: ToolDefinition): ToolDefinition {
    const override = this.#overrides.get(tool.name);
    if (override === undefined) return tool;
    const { annotations, title, description } = override;
    return {
      ...tool,
      name: this.#take(tool.name),
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
      ...(annotations !== undefined && { annotations: { ...tool.annotations, ...annotations } }),
    };
  }

  #newName(name: string): string | undefined {
    const given = this.#overrides.get(name)?.name;
    return given === name ? undefined : given;
  }

  /** The new name; where another tool of the server has it, its own; where that is gone too, one behind it. */
  #take(name: string): string {
    const wanted = this.#newName(name);
    if (wanted === undefined) return name;
    let free = this.#names.has(wanted) ? name : wanted;
    if (free !== wanted) this.#tell(name, `another tool of this server has the name "${wanted}"`);
    while (this.#names.has(free)) free = `${free}_`;
    this.#names.add(free);
    return free;
  }

  #tell(name: string, what: string): void {
    this.problems.push(`tools.overrides[${JSON.stringify(name)}]: ${what}`);
  }
}
