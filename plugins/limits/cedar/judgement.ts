/**
 * Judges many resources for one caller at once, before any arguments are known.
 *
 * Asking Cedar costs much for each question and little for each policy in it. So each policy is written
 * out for the resources that it lets in, once for all that are the same to it, and Cedar evaluates them
 * together, with arguments and mode unknown: what it leaves over depends on these.
 */
import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs';

import type { Engine } from './engine.js';
import type { Entity } from './entities.js';
import type { Policy } from './policy-text.js';
import { resourceUseOf, type ResourceUse } from './resource-use.js';

/** `depends`: on arguments or mode. */
export type Verdict = 'always' | 'never' | 'depends';

/** Who asks for what. */
export interface Question {
  readonly principal: Entity;
  readonly action: Entity;
}

/** Policies that are asked at once; then others have a turn. */
const MAX_POLICIES = 200;

/** Policies, ready to judge. */
export class Judge {
  readonly #engine: Engine;
  readonly #policies: readonly (Policy & { readonly use: ResourceUse })[];

  constructor(engine: Engine, policies: readonly Policy[]) {
    this.#engine = engine;
    this.#policies = policies.map((policy) => ({ ...policy, use: resourceUseOf(policy.json) }));
  }

  /** A verdict for each resource, in their order; rejects when Cedar cannot be asked. */
  async judge(question: Question, resources: readonly Entity[]): Promise<Verdict[]> {
    const sheet = new Sheet();
    const concerned = resources.map((resource) =>
      this.#policies
        .filter(({ use }) => use.fits(resource))
        .map(({ id, json, use }) => {
          const key = `${id} ${use.key(resource)}`;
          sheet.enter(key, () => use.policyFor(resource), resource);
          return { key, effect: json.effect };
        }),
    );
    const findings = await this.#ask(question, sheet);
    return concerned.map((entries) => verdictOf(entries, findings));
  }

  async #ask(question: Question, sheet: Sheet): Promise<Findings> {
    const findings: Findings = { satisfied: new Set(), errored: new Set(), open: new Set() };
    for (const [index, part] of sheet.parts(MAX_POLICIES).entries()) {
      if (index > 0) await new Promise((resolve) => setImmediate(resolve));
      this.#askPart(question, part, findings);
    }
    return findings;
  }

  /** One entry that Cedar cannot take must not spoil the others: it alone counts as an error. */
  #askPart(question: Question, part: readonly Entry[], findings: Findings): void {
    if (this.#isAnswered(question, part, findings)) return;
    const half = Math.ceil(part.length / 2);
    if (part.length === 1) findings.errored.add(part[0]!.key);
    else for (const rest of [part.slice(0, half), part.slice(half)]) this.#askPart(question, rest, findings);
  }

  #isAnswered(question: Question, part: readonly Entry[], findings: Findings): boolean {
    try {
      return this.#note(question, part, findings);
    } catch {
      return false;
    }
  }

  #note({ principal, action }: Question, part: readonly Entry[], findings: Findings): boolean {
    const resources = new Map(part.map(({ resource }) => [JSON.stringify(resource.uid), resource]));
    const answer = this.#engine.isAuthorizedPartial({
      principal: principal.uid,
      action: action.uid,
      resource: part[0]!.resource.uid,
      context: UNKNOWN_CONTEXT,
      policies: {
        staticPolicies: Object.fromEntries(part.map(({ policy }, index) => [String(index), policy])),
      },
      entities: [principal, action, ...resources.values()],
    });
    if (answer.type === 'failure') return false;
    const { satisfied, errored, nontrivialResiduals } = answer.response;
    const keyOf = (index: string): string => part[Number(index)]!.key;
    for (const index of satisfied) findings.satisfied.add(keyOf(index));
    for (const index of errored) findings.errored.add(keyOf(index));
    for (const index of nontrivialResiduals) findings.open.add(keyOf(index));
    return true;
  }
}

const UNKNOWN_CONTEXT = {
  args: { __extn: { fn: 'unknown', arg: 'args' } },
  mode: { __extn: { fn: 'unknown', arg: 'mode' } },
};

interface Entry {
  readonly key: string;
  readonly policy: PolicyJson;
  /** One of those that are the same to the policy. */
  readonly resource: Entity;
}

/** The policies written out, each once. */
class Sheet {
  readonly #entries = new Map<string, Entry>();

  enter(key: string, policy: () => PolicyJson, resource: Entity): void {
    if (!this.#entries.has(key)) this.#entries.set(key, { key, policy: policy(), resource });
  }

  parts(size: number): Entry[][] {
    const entries = [...this.#entries.values()];
    const count = Math.ceil(entries.length / size);
    return Array.from({ length: count }, (_, index) => entries.slice(index * size, (index + 1) * size));
  }
}

interface Findings {
  readonly satisfied: Set<string>;
  readonly errored: Set<string>;
  readonly open: Set<string>;
}

/** An error of a policy never allows: not as a permission, and not as a prohibition that did not come about. */
function verdictOf(
  entries: readonly { key: string; effect: 'permit' | 'forbid' }[],
  { satisfied, errored, open }: Findings,
): Verdict {
  const forbids = entries.filter(({ effect }) => effect === 'forbid');
  const permits = entries.filter(({ effect }) => effect === 'permit');
  if (forbids.some(({ key }) => satisfied.has(key) || errored.has(key))) return 'never';
  const isPermitted = permits.some(({ key }) => satisfied.has(key));
  if (!isPermitted && !permits.some(({ key }) => open.has(key))) return 'never';
  return isPermitted && !forbids.some(({ key }) => open.has(key)) ? 'always' : 'depends';
}
