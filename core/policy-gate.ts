/** Asks the policy. A policy that throws or answers nonsense refuses. */
import { ToolscriptError } from './error.js';
import { inject, injectable, TOKENS } from './injection.js';
import { completeLimits } from './limit-check.js';
import type { CallRequest, LimitPolicy, Limits, LimitsUse } from './limit-policy.js';
import { asToolscriptError } from './thrown.js';
import type { Caller } from './caller.js';

/** What was decided of a call; the reason is for sinks. */
export interface Verdict {
  readonly allow: boolean;
  readonly reason?: string;
}

/** The policy of a composition, made safe. */
@injectable()
export class PolicyGate {
  readonly #policy: LimitPolicy;

  constructor(@inject(TOKENS.policy) policy: LimitPolicy) {
    this.#policy = policy;
  }

  /** All limits of a use; throws `limit/refused`. */
  async limitsFor(caller: Caller, use: LimitsUse): Promise<Limits> {
    try {
      return completeLimits(await this.#policy.limitsFor(caller, use));
    } catch (thrown) {
      const error = asToolscriptError(thrown);
      if (error?.code === 'limit/refused') throw error;
      const message = 'ask for limits: the policy failed, which refuses';
      throw new ToolscriptError({ code: 'limit/refused', message }, { cause: thrown });
    }
  }

  /** Whether a call may be made. Never throws. */
  async authorize(request: CallRequest): Promise<Verdict> {
    if (this.#policy.authorize === undefined) return ALLOWED;
    try {
      const decision: unknown = await this.#policy.authorize(request);
      return verdictOf(decision);
    } catch {
      return { allow: false, reason: 'the policy failed' };
    }
  }
}

const ALLOWED: Verdict = { allow: true };

function verdictOf(decision: unknown): Verdict {
  const { allow, reason } = decision as { allow?: unknown; reason?: unknown };
  if (allow === true) return ALLOWED;
  return { allow: false, ...(typeof reason === 'string' && { reason }) };
}
