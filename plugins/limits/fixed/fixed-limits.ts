/** The same limits for everyone. */
import { completeLimits } from '../../../core/index.js';
import type { LimitPolicy, Limits } from '../../../core/index.js';

/** A policy that answers these limits, the rest being the defaults. Throws `config/invalid` with every fault. */
export function fixedLimits(choice: Partial<Limits> = {}): LimitPolicy {
  const limits = completeLimits(choice);
  return { limitsFor: () => limits };
}
