/** Judges limits that somebody chose. */
import { ToolscriptError } from './error.js';
import { isJsonObject } from './json.js';
import { DEFAULT_LIMITS, LIMIT_RANGES } from './limit-policy.js';
import type { LimitName, Limits } from './limit-policy.js';
import { didYouMean } from './nearest-name.js';
import { typeMet } from './type-name.js';

const LIMIT_NAMES = Object.keys(LIMIT_RANGES) as LimitName[];

/** Everything wrong with a choice of limits, a sentence each; empty when nothing is. */
export function limitFaults(choice: unknown): string[] {
  if (!isJsonObject(choice)) return [`limits: got ${typeMet(choice)}, want an object`];
  return Object.entries(choice).flatMap(([name, value]) => limitFault(name, value) ?? []);
}

/** The choice, completed by other limits (default: the defaults); throws `config/invalid` with every fault. */
export function completeLimits(choice: Partial<Limits>, others: Limits = DEFAULT_LIMITS): Limits {
  const given = checked(choice);
  const complete: Record<LimitName, number> = { ...others };
  for (const name of LIMIT_NAMES) complete[name] = given[name] ?? complete[name];
  return complete;
}

function checked(choice: Partial<Limits>): Partial<Limits> {
  const faults = limitFaults(choice);
  if (faults.length > 0) throw new ToolscriptError({ code: 'config/invalid', message: faults.join('; ') });
  return choice;
}

/** Of what the choices name, the least of each; throws `config/invalid` with every fault. */
export function leastLimits(choices: readonly Partial<Limits>[]): Partial<Limits> {
  if (choices.length === 1) return choices[0]!;
  const least: Partial<Record<LimitName, number>> = {};
  for (const choice of choices) {
    const given = checked(choice);
    for (const name of LIMIT_NAMES) {
      const limit = given[name];
      if (limit !== undefined) least[name] = Math.min(limit, least[name] ?? limit);
    }
  }
  return least;
}

function limitFault(name: string, value: unknown): string | undefined {
  if (!isLimitName(name)) return `limits: no limit "${name}"${didYouMean(name, LIMIT_NAMES)}`;
  const [least, greatest] = LIMIT_RANGES[name];
  if (value === undefined || isWholeWithin(value, least, greatest)) return undefined;
  const met = typeof value === 'number' ? String(value) : typeMet(value);
  return `limits: ${name} is ${met}, want a whole number from ${String(least)} to ${String(greatest)}`;
}

function isLimitName(name: string): name is LimitName {
  return Object.hasOwn(LIMIT_RANGES, name);
}

function isWholeWithin(value: unknown, least: number, greatest: number): boolean {
  return Number.isInteger(value) && (value as number) >= least && (value as number) <= greatest;
}
