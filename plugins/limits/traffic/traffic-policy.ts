/** The policy of traffic: how often each caller may do something, and how much is done at once. */
import {
  SCRIPT_TOOL_NAME,
  type Admission,
  type CallRequest,
  type Clock,
  type ContextUse,
  type Decision,
  type LimitPolicy,
  type Release,
} from '../../../core/index.js';
import { OwnBudget, SharedBudget, type Budget } from './budget.js';
import type { CompleteSettings, RateSettings } from './settings.js';
import type { SharedStore } from './shared-store.js';
import { Turns } from './turns.js';

/** Asked before every script and call; see {@link CompleteSettings}. */
export class TrafficPolicy implements LimitPolicy {
  readonly #scripts: Budget | undefined;
  readonly #calls: Budget | undefined;
  readonly #turns: Readonly<Record<Admission['use'], Turns | undefined>>;
  readonly #store: SharedStore | undefined;

  constructor(settings: CompleteSettings, store: SharedStore | undefined, clock: Clock) {
    const { rates, concurrency, queue, maxCallers } = settings;
    const budget = (name: string, rate: RateSettings | undefined): Budget | undefined => {
      if (rate === undefined) return undefined;
      const own = new OwnBudget(rate, maxCallers, clock);
      return store === undefined ? own : new SharedBudget(name, rate, store, own);
    };
    this.#scripts = budget('scripts', rates.scripts);
    this.#calls = budget('calls', rates.calls);
    const { scripts, calls } = concurrency;
    this.#turns = {
      script: scripts && new Turns('scripts', scripts, queue, clock),
      direct: calls && new Turns('calls', calls, queue, clock),
    };
    this.#store = store;
  }

  authorize({ caller, tool, mode }: CallRequest): Decision | Promise<Decision> {
    const isScript = mode === 'direct' && tool.name === SCRIPT_TOOL_NAME;
    const budget = isScript ? this.#scripts : this.#calls;
    return budget === undefined ? ALLOWED : decide(budget, caller.id);
  }

  authorizeContext({ caller }: ContextUse): Decision | Promise<Decision> {
    return this.#calls === undefined ? ALLOWED : decide(this.#calls, caller.id);
  }

  admit({ caller, use, signal }: Admission): Release | Promise<Release> {
    return this.#turns[use]?.take(caller.id, signal) ?? NOTHING_TAKEN;
  }

  close(): void {
    this.#store?.close();
  }
}

const ALLOWED: Decision = { allow: true };
const NOTHING_TAKEN: Release = () => undefined;

async function decide(budget: Budget, caller: string): Promise<Decision> {
  const overdraft = await budget.spend(caller);
  return overdraft === undefined ? ALLOWED : { allow: false, code: 'limit/refused', ...overdraft };
}
