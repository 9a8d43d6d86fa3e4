/** Holds the arguments of a call against the conditions of a rule. Texts are compared as they are. */
import type { Json, JsonObject } from '../../../core/index.js';
import type { Condition } from './access-rules.js';
import { valueAt } from './caller-match.js';

/** Whether all conditions are met. */
export function areMet(conditions: readonly Condition[], args: JsonObject): boolean {
  return conditions.every((condition) => isMet(condition, valueAt(args, condition.argument)));
}

function isMet({ equals, oneOf, prefix }: Condition, value: Json | undefined): boolean {
  if (prefix !== undefined) return typeof value === 'string' && value.startsWith(prefix);
  if (value === undefined) return false;
  return oneOf === undefined ? value === equals : oneOf.some((one) => one === value);
}
