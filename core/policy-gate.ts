/** Asks the policies, all of which must allow. One that throws or answers nonsense refuses. */
import { inTurn } from './admission.js';
import type { Caller } from './caller.js';
import type { ContextKind } from './context-source.js';
import type { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import { inject, injectable, TOKENS } from './injection.js';
import type { JsonObject } from './json.js';
import { completeLimits, leastLimits } from './limit-check.js';
import { DEFAULT_LIMITS } from './limit-policy.js';
import type {
  Admission,
  CallRequest,
  ContextUse,
  Decision,
  LimitPolicy,
  Limits,
  LimitsUse,
} from './limit-policy.js';
import { ALLOWED, POLICY_FAILED, verdictOf } from './verdict.js';
import type { Verdict } from './verdict.js';
import { asToolscriptError } from './thrown.js';
import type { ToolDefinition } from './tool-dispatcher.js';
import { Visibility } from './visibility.js';

/** The policies of a composition, made safe. */
@injectable()
export class PolicyGate {
  /** Whether any policy keeps tools from callers: else nobody need ask. */
  readonly hidesTools: boolean;
  /** Whether any policy keeps resources or prompts from callers. */
  readonly hidesContext: boolean;
  /** Whether any policy decides on resources or prompts. */
  readonly judgesContext: boolean;
  /** Whether any policy decides on calls. */
  readonly judgesCalls: boolean;
  /** Whether any policy keeps scripts private. */
  readonly hidesScripts: boolean;
  /** Whether any policy lets uses wait for their turn. */
  readonly admits: boolean;
  readonly #policies: readonly LimitPolicy[];
  /** Those that choose limits. */
  readonly #limiting: readonly LimitPolicy[];
  /** Those that choose languages. */
  readonly #choosing: readonly LimitPolicy[];
  readonly #visibility = new Visibility();

  constructor(@inject(TOKENS.policies) policies: readonly LimitPolicy[]) {
    this.#policies = policies;
    this.#limiting = policies.filter((policy) => policy.limitsFor !== undefined);
    this.#choosing = policies.filter((policy) => policy.languagesFor !== undefined);
    this.hidesTools = policies.some((policy) => policy.visibleTools !== undefined);
    this.hidesContext = policies.some((policy) => policy.visibleContext !== undefined);
    this.judgesContext = policies.some((policy) => policy.authorizeContext !== undefined);
    this.judgesCalls = policies.some((policy) => policy.authorize !== undefined);
    this.hidesScripts = policies.some((policy) => policy.showsScripts !== undefined);
    this.admits = policies.some((policy) => policy.admit !== undefined);
  }

  /** All limits of a use; throws `limit/refused`. */
  async limitsFor(caller: Caller, use: LimitsUse): Promise<Limits> {
    if (this.#limiting.length === 0) return DEFAULT_LIMITS;
    try {
      const choices = await Promise.all(
        this.#limiting.map(async (policy) => policy.limitsFor?.(caller, use)),
      );
      return completeLimits(leastLimits(choices as Partial<Limits>[]));
    } catch (thrown) {
      const error = asToolscriptError(thrown);
      if (error?.code === 'limit/refused') throw error;
      const message = 'ask for limits: the policy failed, which refuses';
      throw new ToolscriptError({ code: 'limit/refused', message }, { cause: thrown });
    }
  }

  /** What of the languages the caller may use, the default first; none when a policy fails. Never rejects. */
  async languagesFor(caller: Caller, languages: readonly string[]): Promise<readonly string[]> {
    if (this.#choosing.length === 0) return languages;
    let left = languages;
    try {
      for (const policy of this.#choosing) {
        const chosen: unknown = await (policy.languagesFor?.(caller, left) ?? left);
        left = [...new Set(chosen as readonly string[])].filter((name) => left.includes(name));
      }
      return left;
    } catch {
      return NOTHING;
    }
  }

  /** Whether a call may be made. Never rejects. */
  async authorize(request: CallRequest): Promise<Verdict> {
    if (!this.judgesCalls) return ALLOWED;
    return this.#verdict((policy) => (policy.authorize === undefined ? ALLOWED : policy.authorize(request)));
  }

  /** Whether the caller's scripts may be shown to people: every policy must say so. Never rejects. */
  async showsScripts(caller: Caller): Promise<boolean> {
    try {
      for (const policy of this.#policies) {
        const shows: unknown = await (policy.showsScripts?.(caller) ?? true);
        if (shows !== true) return false;
      }
      return true;
    } catch {
      return false;
    }
  }

  /** Whether a resource may be read or a prompt be filled. Never rejects. */
  async authorizeContext(use: ContextUse): Promise<Verdict> {
    return this.#verdict((policy) =>
      policy.authorizeContext === undefined ? ALLOWED : policy.authorizeContext(use),
    );
  }

  /** What of the tools the caller may know of: the same array for the same one. Never rejects. */
  async visibleTools(caller: Caller, tools: readonly ToolDefinition[]): Promise<readonly ToolDefinition[]> {
    return this.#visible(tools, (policy, left) =>
      policy.visibleTools === undefined ? left : policy.visibleTools(caller, left),
    );
  }

  /** The same for resources, templates of resources and prompts. */
  async visibleContext(
    caller: Caller,
    kind: ContextKind,
    items: readonly JsonObject[],
  ): Promise<readonly JsonObject[]> {
    return this.#visible(items, (policy, left) =>
      policy.visibleContext === undefined ? left : policy.visibleContext(caller, kind, left),
    );
  }

  /** Acts when every policy gives the turn, and gives it back; rejects with `limit/refused` or the ending's reason. */
  async admitted<T>(use: Omit<Admission, 'signal'>, ending: Ending, act: () => Promise<T>): Promise<T> {
    return this.admits ? inTurn(this.#policies, { ...use, signal: ending.signal }, ending, act) : act();
  }

  /** The first denial, if there is one. */
  async #verdict(ask: (policy: LimitPolicy) => Decision | Promise<Decision>): Promise<Verdict> {
    try {
      for (const policy of this.#policies) {
        const verdict = verdictOf(await ask(policy));
        if (!verdict.allow) return verdict;
      }
      return ALLOWED;
    } catch {
      return POLICY_FAILED;
    }
  }

  /** What each policy leaves of what the one before left. */
  async #visible<T>(
    items: readonly T[],
    ask: (policy: LimitPolicy, left: readonly T[]) => readonly T[] | Promise<readonly T[]>,
  ): Promise<readonly T[]> {
    let left = items;
    try {
      for (const policy of this.#policies) left = this.#visibility.checked(await ask(policy, left), left);
      return left;
    } catch {
      return NOTHING;
    }
  }
}

const NOTHING: readonly never[] = [];
