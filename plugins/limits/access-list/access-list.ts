/** A policy of rules: who may use which tools, code mode, resources and prompts. */
import { ToolscriptError, type Caller, type LimitPolicy, type OriginOf } from '../../../core/index.js';
import { accessListSchema, type AccessListOptions, type AccessRules } from './access-rules.js';
import { isAmong } from './caller-match.js';
import { Profile, type NamedRule } from './profile.js';

/** Makes a policy of rules; rejects with `config/invalid` and every fault. */
export async function createAccessList(options: AccessListOptions): Promise<LimitPolicy> {
  const judged = await accessListSchema['~standard'].validate(options);
  if (judged.issues === undefined) return accessListOf(judged.value);
  const faults = judged.issues.map(({ path = [], message }) => `${path.map(String).join('.')}: ${message}`);
  throw new ToolscriptError({ code: 'config/invalid', message: `access list: ${faults.join('; ')}` });
}

/** The same of rules that were judged. */
export function accessListOf(rules: AccessRules): LimitPolicy {
  const profiles = new Profiles(rules);
  return {
    learn: (originOf) => profiles.learn(originOf),
    languagesFor: (caller, languages) => profiles.of(caller).languages(languages),
    authorize: ({ caller, tool, args }) => profiles.of(caller).decide(tool, args),
    visibleTools: (caller, tools) => profiles.of(caller).visibleTools(tools),
    showsScripts: (caller) => profiles.of(caller).showsScripts,
    authorizeContext: ({ caller, kind, name }) =>
      profiles.of(caller).decideContext(kind === 'prompt' ? 'prompts' : 'resources', name),
    visibleContext: (caller, kind, items) =>
      profiles.of(caller).visibleContext(kind === 'prompts' ? kind : 'resources', KEYS[kind], items),
  };
}

const KEYS = { resources: 'uri', resourceTemplates: 'uriTemplate', prompts: 'name' } as const;

/** Kinds of callers that are remembered. */
const MAX_PROFILES = 1_000;

/** Callers for whom the same rules are share what was worked out. */
class Profiles {
  readonly #rules: AccessRules;
  readonly #named: readonly NamedRule[];
  #originOf: OriginOf = () => undefined;
  readonly #byCaller = new WeakMap<Caller, Profile>();
  /** By the rules that are for the caller; the one remembered first goes first. */
  readonly #byRules = new Map<string, Profile>();

  constructor(rules: AccessRules) {
    this.#rules = rules;
    this.#named = rules.rules.map((rule, index) => ({ rule, name: rule.name ?? `rules[${index}]` }));
  }

  learn(originOf: OriginOf): void {
    this.#originOf = originOf;
  }

  of(caller: Caller): Profile {
    const known = this.#byCaller.get(caller) ?? this.#find(caller);
    this.#byCaller.set(caller, known);
    return known;
  }

  #find(caller: Caller): Profile {
    const marks = this.#named.map(({ rule }) => isAmong(caller, rule.callers));
    const key = marks.map(Number).join('');
    const known = this.#byRules.get(key);
    if (known !== undefined) return known;
    const [first] = this.#byRules.keys();
    if (first !== undefined && this.#byRules.size >= MAX_PROFILES) this.#byRules.delete(first);
    const profile = new Profile(
      this.#rules,
      this.#named.filter((_, index) => marks[index]),
      (tool) => this.#originOf(tool),
    );
    this.#byRules.set(key, profile);
    return profile;
  }
}
