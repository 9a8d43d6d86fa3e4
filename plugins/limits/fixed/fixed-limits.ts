/** The same limits for everyone. */
import { completeLimits } from '../../../core/index.js';
import type { LimitPolicy, Limits } from '../../../core/index.js';

/** A policy that answers these limits and leaves the rest open. Throws `config/invalid` with every fault. */
export function fixedLimits(choice: Partial<Limits> = {}): LimitPolicy {
  completeLimits(choice);
  const limits = { ...choice };
  return { limitsFor: () => limits };
}
