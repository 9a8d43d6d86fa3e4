/**
 * The tools that one caller sees, as a script knows them.
 *
 * A catalog is made once for each array of tools and set of reserved names and kept as long as both:
 * making one costs a sort and the names; schemas are read when a tool is first looked at.
 */
import { ArgumentCheck } from './argument-check.js';
import type { KnownArgument } from './known-argument.js';
import type { ToolscriptError } from './error.js';
import type { JsonObject } from './json.js';
import { nearestName } from './nearest-name.js';
import { scriptNames } from './script-name.js';
import type { ToolDefinition } from './tool-dispatcher.js';

/** A tool and the name under which scripts call it. */
export interface BoundTool {
  readonly tool: ToolDefinition;
  /** An identifier; distinct in its catalog and never a reserved name. */
  readonly scriptName: string;
  /** The names of the input schema's properties, in its order: what positional arguments stand for. */
  readonly parameters: readonly string[];
  /** Those that must be given. */
  readonly required: readonly string[];
  /** Whether arguments that the schema does not name are let through. */
  readonly open: boolean;
  /** Why arguments go unchecked (a schema that cannot be used); known after the first check. */
  readonly problem: string | undefined;
  /** The first fault of the arguments (`tool/arguments`), or null. */
  checkArguments(args: JsonObject): ToolscriptError | null;
  /**
   * Parameters that are missing or unknown where these are given, or null (`tool/arguments`). With `more`,
   * others may be given too.
   */
  checkNames(names: readonly string[], more: boolean): ToolscriptError | null;
  /** What is wrong with one argument whatever the others are, or null (`tool/arguments`). */
  checkArgument(name: string, known: KnownArgument): ToolscriptError | null;
}

/** The tools of one caller, by either name. */
export class ToolCatalog {
  /** Sorted by real name (by UTF-16 unit). Of tools with the same name the first listed is here. */
  readonly bound: readonly BoundTool[];
  /** The definitions that the bound tools stand for, in the same order. */
  readonly tools: readonly ToolDefinition[];
  readonly #byName: ReadonlyMap<string, BoundTool>;
  readonly #byScriptName: ReadonlyMap<string, BoundTool>;

  constructor(tools: readonly ToolDefinition[], reservedNames: ReadonlySet<string>) {
    const sorted = distinctByName(tools);
    this.tools = sorted;
    const names = scriptNames(
      sorted.map((tool) => tool.name),
      reservedNames,
    );
    this.bound = sorted.map((tool, index) => new Binding(tool, names[index]!));
    this.#byName = new Map(this.bound.map((bound) => [bound.tool.name, bound]));
    this.#byScriptName = new Map(this.bound.map((bound) => [bound.scriptName, bound]));
  }

  /** The catalog of these tools; the same arguments give the same one. */
  static of(tools: readonly ToolDefinition[], reservedNames: ReadonlySet<string>): ToolCatalog {
    const kept = keptFor(reservedNames);
    const catalog = kept.get(tools) ?? new ToolCatalog(tools, reservedNames);
    kept.set(tools, catalog);
    return catalog;
  }

  /** The tool with this real name. */
  byName(name: string): BoundTool | undefined {
    return this.#byName.get(name);
  }

  /** The tool that scripts call by this name. */
  byScriptName(name: string): BoundTool | undefined {
    return this.#byScriptName.get(name);
  }

  /** The tool with this real name, else that which scripts call by it. */
  named(name: string): BoundTool | undefined {
    return this.byName(name) ?? this.byScriptName(name);
  }

  /** The tool whose real or script name is closest to this one, if any is close. */
  nearest(name: string): BoundTool | undefined {
    const scriptName = nearestName(name, this.#byScriptName.keys());
    if (scriptName !== undefined) return this.#byScriptName.get(scriptName);
    const realName = nearestName(name, this.#byName.keys());
    return realName === undefined ? undefined : this.#byName.get(realName);
  }
}

type Kept = WeakMap<readonly ToolDefinition[], ToolCatalog>;

const catalogs = new WeakMap<ReadonlySet<string>, Kept>();

function keptFor(reservedNames: ReadonlySet<string>): Kept {
  const kept = catalogs.get(reservedNames) ?? new WeakMap<readonly ToolDefinition[], ToolCatalog>();
  catalogs.set(reservedNames, kept);
  return kept;
}

function distinctByName(tools: readonly ToolDefinition[]): ToolDefinition[] {
  const byName = new Map<string, ToolDefinition>();
  for (const tool of tools) {
    if (!byName.has(tool.name)) byName.set(tool.name, tool);
  }
  return [...byName.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Kept for each definition, not each catalog: a schema compiles once however often the list changes. */
const checks = new WeakMap<ToolDefinition, ArgumentCheck>();

function checkOf(tool: ToolDefinition): ArgumentCheck {
  const check = checks.get(tool) ?? new ArgumentCheck(tool);
  checks.set(tool, check);
  return check;
}

class Binding implements BoundTool {
  readonly tool: ToolDefinition;
  readonly scriptName: string;

  constructor(tool: ToolDefinition, scriptName: string) {
    this.tool = tool;
    this.scriptName = scriptName;
  }

  get parameters(): readonly string[] {
    return checkOf(this.tool).parameters.names;
  }

  get required(): readonly string[] {
    return checkOf(this.tool).parameters.required;
  }

  get open(): boolean {
    return checkOf(this.tool).parameters.open;
  }

  get problem(): string | undefined {
    return checkOf(this.tool).problem;
  }

  checkArguments(args: JsonObject): ToolscriptError | null {
    return checkOf(this.tool).check(args);
  }

  checkNames(names: readonly string[], more: boolean): ToolscriptError | null {
    return checkOf(this.tool).checkNames(names, more);
  }

  checkArgument(name: string, known: KnownArgument): ToolscriptError | null {
    return checkOf(this.tool).checkOne(name, known);
  }
}
