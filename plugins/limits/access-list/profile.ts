/** The rules that are for one kind of caller, and what comes of them. */
import {
  fitsPattern,
  SCRIPT_TOOL_NAME,
  type Decision,
  type JsonObject,
  type OriginOf,
  type ToolDefinition,
} from '../../../core/index.js';
import type { AccessRule, AccessRules, Condition, Subjects } from './access-rules.js';
import { areMet } from './argument-condition.js';
import { uriForms } from './uri-forms.js';

/** A rule, and what sinks call it. */
export interface NamedRule {
  readonly rule: AccessRule;
  readonly name: string;
}

/** What the callers for whom the same rules are may do. Lists and tools are looked at once. */
export class Profile {
  readonly #options: AccessRules;
  readonly #rules: readonly NamedRule[];
  readonly #originOf: OriginOf;
  readonly #tools = new WeakMap<ToolDefinition, ToolAccess>();
  readonly #visible = new WeakMap<readonly object[], readonly object[]>();

  constructor(options: AccessRules, rules: readonly NamedRule[], originOf: OriginOf) {
    this.#options = options;
    this.#rules = rules;
    this.#originOf = originOf;
  }

  /** Deny wins; where no rule says anything, the default does. */
  decide(tool: ToolDefinition, args: JsonObject): Decision {
    const { never, denials, allowances, isAllowed } = this.#accessOf(tool);
    if (never !== undefined) return denied(never);
    const denial = denials.find(({ when }) => areMet(when, args));
    if (denial !== undefined) return denied(denial.name);
    return isAllowed || allowances.some(({ when }) => areMet(when, args)) ? ALLOWED : denied(NO_RULE);
  }

  visibleTools(tools: readonly ToolDefinition[]): readonly ToolDefinition[] {
    return this.#kept(tools, (tool) => {
      const { never, isAllowed, allowances } = this.#accessOf(tool);
      return never === undefined && (isAllowed || allowances.length > 0);
    });
  }

  /** As they are where no rule speaks of languages: whether there are scripts at all is decided on the call. */
  languages(languages: readonly string[]): readonly string[] {
    const speaks = this.#rules.some(({ rule }) => (rule.allow ?? rule.deny)?.languages !== undefined);
    return speaks ? languages.filter((language) => this.#isOpen(language)) : languages;
  }

  decideContext(kind: ContextSubject, name: string): Decision {
    const forms = kind === 'resources' ? uriForms(name) : [name];
    const denial = this.#rules.find(({ rule }) => forms.some((form) => fits(form, rule.deny?.[kind])));
    if (denial !== undefined) return denied(denial.name);
    const isAllowed =
      this.#options.default === 'allow' ||
      forms.every((form) => this.#rules.some(({ rule }) => fits(form, rule.allow?.[kind])));
    return isAllowed ? ALLOWED : denied(NO_RULE);
  }

  visibleContext(kind: ContextSubject, key: string, items: readonly JsonObject[]): readonly JsonObject[] {
    return this.#kept(items, (item) => {
      const name = item[key];
      return typeof name === 'string' && this.decideContext(kind, name).allow;
    });
  }

  #isOpen(language: string): boolean {
    if (this.#rules.some(({ rule }) => fits(language, rule.deny?.languages))) return false;
    if (this.#options.default === 'allow') return true;
    return this.#rules.some(({ rule }) => {
      const { codeMode, languages } = rule.allow ?? {};
      return languages === undefined ? codeMode === true : fits(language, languages);
    });
  }

  /** Whether the console may show the callers' scripts. */
  get showsScripts(): boolean {
    return !this.#rules.some(({ rule }) => rule.deny?.console === true);
  }

  #kept<T extends object>(items: readonly T[], isVisible: (item: T) => boolean): readonly T[] {
    const kept = this.#visible.get(items) as readonly T[] | undefined;
    if (kept !== undefined) return kept;
    const visible = items.filter(isVisible);
    const answer = visible.length === items.length ? items : visible;
    this.#visible.set(items, answer);
    return answer;
  }

  #accessOf(tool: ToolDefinition): ToolAccess {
    const known = this.#tools.get(tool) ?? this.#work(tool);
    this.#tools.set(tool, known);
    return known;
  }

  #work(tool: ToolDefinition): ToolAccess {
    const server = this.#originOf(tool.name)?.backend;
    const isScript = tool.name === SCRIPT_TOOL_NAME;
    const denials = this.#rules.filter(({ rule }) =>
      isScript ? deniesScripts(rule) : isAbout(rule.deny, tool.name, server),
    );
    const allowances = this.#rules.filter(({ rule }) =>
      isScript ? allowsScripts(rule) : isAbout(rule.allow, tool.name, server),
    );
    const never = this.#isRefusedAsWriting(tool) ? 'the tool is not read-only' : denials.find(isAlways)?.name;
    return {
      never,
      denials: denials.map(conditional),
      allowances: allowances.map(conditional),
      isAllowed: this.#options.default === 'allow' || allowances.some(isAlways),
    };
  }

  /** A script is judged by its calls. */
  #isRefusedAsWriting({ name, annotations }: ToolDefinition): boolean {
    return this.#options.readOnly && name !== SCRIPT_TOOL_NAME && annotations?.['readOnlyHint'] !== true;
  }
}

/** What a rule may be about besides tools. */
type ContextSubject = 'resources' | 'prompts';

interface Conditional {
  readonly name: string;
  readonly when: readonly Condition[];
}

/** What the rules say of one tool. */
interface ToolAccess {
  /** Why no call of it is ever allowed. */
  readonly never: string | undefined;
  readonly denials: readonly Conditional[];
  readonly allowances: readonly Conditional[];
  /** Whether a call is allowed whatever its arguments, unless a denial says otherwise. */
  readonly isAllowed: boolean;
}

const ALLOWED: Decision = { allow: true };
const NO_RULE = 'no rule allows it';

function denied(reason: string): Decision {
  return { allow: false, reason };
}

function isAlways({ rule }: NamedRule): boolean {
  return rule.when === undefined;
}

function conditional({ rule, name }: NamedRule): Conditional {
  return { name, when: rule.when ?? [] };
}

/** `execute_tool_script` goes by `codeMode` and `languages` alone. */
function allowsScripts({ allow }: AccessRule): boolean {
  return allow?.codeMode === true || allow?.languages !== undefined;
}

/** Scripts of some languages are not all scripts. */
function deniesScripts({ deny }: AccessRule): boolean {
  return deny?.codeMode === true && deny.languages === undefined;
}

function isAbout(subjects: Subjects | undefined, tool: string, server: string | undefined): boolean {
  const { tools, servers } = subjects ?? {};
  if (servers === undefined) return fits(tool, tools);
  return server !== undefined && fits(server, servers) && (tools === undefined || fits(tool, tools));
}

function fits(name: string, patterns: readonly string[] | undefined): boolean {
  return patterns?.some((pattern) => fitsPattern(name, pattern)) ?? false;
}
