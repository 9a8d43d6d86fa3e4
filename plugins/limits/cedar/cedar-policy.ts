/** A policy of Cedar policies: who may call which tools, run scripts, read resources and fill prompts. */
import {
  SCRIPT_TOOL_NAME,
  type Caller,
  type CallRequest,
  type ContextUse,
  type Decision,
  type Json,
  type JsonObject,
  type LimitPolicy,
  type OriginOf,
  type ToolDefinition,
} from '../../../core/index.js';
import { cedarRecord, Unjudgeable, type CedarRecord } from './cedar-value.js';
import { loadEngine, type Engine } from './engine.js';
import { contextEntity, toolEntity, type Entity } from './entities.js';
import { Judge, type Verdict } from './judgement.js';
import { actionGroups, readPolicies, type NamedText, type Policy } from './policy-text.js';
import { kept, Profiles } from './profiles.js';

/** What is judged by. */
export interface CedarOptions {
  /** Policies as text; what messages call each. */
  readonly policies: readonly NamedText[];
  /** A schema that the policies must fit, as text; it may also put actions into groups. */
  readonly schema?: NamedText | undefined;
}

/** Makes a policy; rejects with `config/invalid` and every fault, and when Cedar is not installed. */
export async function createCedarPolicy({ policies: texts, schema }: CedarOptions): Promise<LimitPolicy> {
  const engine = await loadEngine();
  const policies = readPolicies(engine, texts, schema);
  return new CedarPolicy(engine, policies, actionGroups(engine, schema));
}

type Action = 'call_tool' | 'run_script' | 'read_resource' | 'get_prompt';

let policySets = 0;

class CedarPolicy implements LimitPolicy {
  readonly #engine: Engine;
  readonly #judge: Judge;
  /** Under this name Cedar has the policies at hand. */
  readonly #policySet: string;
  readonly #names: ReadonlyMap<string, string>;
  readonly #forbids: ReadonlySet<string>;
  readonly #groups: ReadonlyMap<string, readonly string[]>;
  readonly #profiles = new Profiles();
  #originOf: OriginOf = () => undefined;

  constructor(engine: Engine, policies: readonly Policy[], groups: ReadonlyMap<string, readonly string[]>) {
    this.#engine = engine;
    this.#judge = new Judge(engine, policies);
    this.#groups = groups;
    this.#names = new Map(policies.map(({ id, name }) => [id, name]));
    this.#forbids = new Set(policies.filter(({ json }) => json.effect === 'forbid').map(({ id }) => id));
    policySets += 1;
    this.#policySet = `toolscript-${policySets}`;
    const staticPolicies = Object.fromEntries(policies.map(({ id, json }) => [id, json]));
    engine.preparsePolicySet(this.#policySet, { staticPolicies });
  }

  learn(originOf: OriginOf): void {
    this.#originOf = originOf;
  }

  authorize({ caller, tool, args, mode }: CallRequest): Decision {
    return this.#orUnjudgeable(() => {
      const known = this.#profiles.of(caller).verdicts.get(tool);
      if (known === 'always') return ALLOWED;
      if (known === 'never') return NEVER;
      const isScript = tool.name === SCRIPT_TOOL_NAME;
      return this.#decide(caller, actionOf(tool), this.#toolEntity(tool), {
        args: isScript ? {} : cedarRecord(args),
        mode,
      });
    });
  }

  authorizeContext({ caller, kind, name, args = {} }: ContextUse): Decision {
    const [action, type] =
      kind === 'prompt' ? (['get_prompt', 'Prompt'] as const) : (['read_resource', 'Resource'] as const);
    return this.#orUnjudgeable(() =>
      this.#decide(caller, action, contextEntity(type, name), { args: cedarRecord(args), mode: 'direct' }),
    );
  }

  /** Cedar forgets nothing by itself. */
  close(): void {
    this.#engine.preparsePolicySet(this.#policySet, { staticPolicies: {} });
  }

  async visibleTools(caller: Caller, tools: readonly ToolDefinition[]): Promise<readonly ToolDefinition[]> {
    const { visible, verdicts, principal } = this.#profiles.of(caller);
    return kept(visible, tools, async () => {
      const judged = await this.#verdicts(principal, tools, actionOf, (tool) => this.#toolEntity(tool));
      tools.forEach((tool, index) => verdicts.set(tool, judged[index]!));
      return tools.filter((_, index) => judged[index] !== 'never');
    });
  }

  async visibleContext(
    caller: Caller,
    kind: keyof typeof CONTEXT_KINDS,
    items: readonly JsonObject[],
  ): Promise<readonly JsonObject[]> {
    const { visible, principal } = this.#profiles.of(caller);
    const { action, type, key } = CONTEXT_KINDS[kind];
    return kept(visible, items, async () => {
      const entityOf = (item: JsonObject): Entity => contextEntity(type, nameOf(item[key]), item);
      const judged = await this.#verdicts(principal, items, () => action, entityOf);
      return items.filter((_, index) => judged[index] !== 'never');
    });
  }

  /** What cannot be judged is never allowed. */
  async #verdicts<Item>(
    principal: Entity,
    items: readonly Item[],
    actionFor: (item: Item) => Action,
    entityOf: (item: Item) => Entity,
  ): Promise<Verdict[]> {
    const verdicts = items.map((): Verdict => 'never');
    for (const action of new Set(items.map(actionFor))) {
      const known = items.flatMap((item, index) => {
        const entity = actionFor(item) === action ? judgeable(() => entityOf(item)) : undefined;
        return entity === undefined ? [] : [{ index, entity }];
      });
      const question = { principal, action: this.#actionEntity(action) };
      const judged = await this.#judge.judge(
        question,
        known.map(({ entity }) => entity),
      );
      known.forEach(({ index }, at) => (verdicts[index] = judged[at]!));
    }
    return verdicts;
  }

  #decide(caller: Caller, action: Action, resource: Entity, context: CedarRecord): Decision {
    const { principal } = this.#profiles.of(caller);
    const actionEntity = this.#actionEntity(action);
    const answer = this.#engine.statefulIsAuthorized({
      principal: principal.uid,
      action: actionEntity.uid,
      resource: resource.uid,
      context,
      preparsedPolicySetId: this.#policySet,
      entities: [principal, actionEntity, resource],
    });
    if (answer.type === 'failure') return denied('Cedar could not be asked');
    const { decision, diagnostics } = answer.response;
    const broken = diagnostics.errors.find(({ policyId }) => this.#forbids.has(policyId));
    if (broken !== undefined) return denied(`the policy ${this.#nameOf(broken.policyId)} failed`);
    if (decision === 'allow') return ALLOWED;
    const [policyId] = diagnostics.reason;
    return policyId === undefined ? NEVER : denied(`the policy ${this.#nameOf(policyId)}`);
  }

  #toolEntity(tool: ToolDefinition): Entity {
    return toolEntity(tool, this.#originOf(tool.name)?.backend);
  }

  #nameOf(policyId: string): string {
    return this.#names.get(policyId) ?? policyId;
  }

  #actionEntity(action: Action): Entity {
    const parents = this.#groups.get(action) ?? [];
    return {
      uid: { type: 'Action', id: action },
      attrs: {},
      parents: parents.map((id) => ({ type: 'Action', id })),
    };
  }

  #orUnjudgeable(decide: () => Decision): Decision {
    return judgeable(decide) ?? denied('it holds what Cedar cannot judge');
  }
}

const CONTEXT_KINDS = {
  resources: { action: 'read_resource', type: 'Resource', key: 'uri' },
  resourceTemplates: { action: 'read_resource', type: 'Resource', key: 'uriTemplate' },
  prompts: { action: 'get_prompt', type: 'Prompt', key: 'name' },
} as const;

/** What has no name cannot be asked for. */
function nameOf(name: Json | undefined): string {
  if (typeof name !== 'string') throw new Unjudgeable('no name');
  return name;
}

const ALLOWED: Decision = { allow: true };
const NEVER: Decision = denied('no policy permits it');

function denied(reason: string): Decision {
  return { allow: false, reason };
}

function actionOf({ name }: ToolDefinition): Action {
  return name === SCRIPT_TOOL_NAME ? 'run_script' : 'call_tool';
}

function judgeable<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (thrown) {
    if (thrown instanceof Unjudgeable) return undefined;
    throw thrown;
  }
}
