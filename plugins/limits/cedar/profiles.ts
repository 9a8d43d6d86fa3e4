/** What was worked out for callers, kept for those with the same claims. */
import type { Caller, ToolDefinition } from '../../../core/index.js';
import { callerEntity, type Entity } from './entities.js';
import type { Verdict } from './judgement.js';

/** What was made of lists. */
type Lists = WeakMap<readonly object[], Promise<readonly object[]>>;

/** The same promise for the same list; one that fails is not kept. */
export function kept<T extends object>(
  lists: Lists,
  list: readonly T[],
  filter: () => Promise<readonly T[]>,
): Promise<readonly T[]> {
  const known = lists.get(list) as Promise<readonly T[]> | undefined;
  if (known !== undefined) return known;
  const filtering = filter().then((left) => (left.length === list.length ? list : left));
  lists.set(list, filtering);
  filtering.catch(() => lists.delete(list));
  return filtering;
}

/** What was worked out for callers with the same claims. */
interface Profile {
  readonly principal: Entity;
  readonly visible: Lists;
  readonly verdicts: WeakMap<ToolDefinition, Verdict>;
}

const MAX_PROFILES = 1_000;

/** What is remembered of callers. */
export class Profiles {
  readonly #byCaller = new WeakMap<Caller, Profile>();
  /** By the caller as an entity; the one remembered first goes first. */
  readonly #byEntity = new Map<string, Profile>();

  /** Throws `Unjudgeable` for claims that Cedar cannot hold. */
  of(caller: Caller): Profile {
    const known = this.#byCaller.get(caller) ?? this.#find(callerEntity(caller));
    this.#byCaller.set(caller, known);
    return known;
  }

  #find(principal: Entity): Profile {
    const key = JSON.stringify(principal);
    const known = this.#byEntity.get(key);
    if (known !== undefined) return known;
    const [first] = this.#byEntity.keys();
    if (first !== undefined && this.#byEntity.size >= MAX_PROFILES) this.#byEntity.delete(first);
    const profile = { principal, visible: new WeakMap(), verdicts: new WeakMap() };
    this.#byEntity.set(key, profile);
    return profile;
  }
}
