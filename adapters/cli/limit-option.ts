/** Limits on the command line: `--limit steps=5000 --limit memoryBytes=32MiB --timeout 10s`. */
import { DEFAULT_LIMITS, LIMIT_RANGES, nearestName, type LimitName, type Limits } from '../../core/index.js';
import { readDuration } from './duration.js';
import { UsageError } from './usage-error.js';

/** The limits of `--limit` (each `name=value`) and `--timeout`; of two with the same name the last counts. */
export function limitsOf(settings: readonly string[], timeout: string | undefined): Partial<Limits> {
  return {
    ...Object.fromEntries(settings.map(readSetting)),
    ...(timeout !== undefined && { wallTimeMs: readTimeout(timeout) }),
  };
}

function readSetting(setting: string): [LimitName, number] {
  const [, name = '', value = ''] = /^([^=]*)=(.*)$/s.exec(setting) ?? [];
  if (value === '') throw new UsageError(`--limit ${setting}: found no value, wanted name=value`);
  if (!isLimit(name)) throw new UsageError(unknownLimit(name));
  return [name, inRange(`--limit ${name}`, name, readAmount(value))];
}

function isLimit(name: string): name is LimitName {
  return Object.hasOwn(DEFAULT_LIMITS, name);
}

function unknownLimit(name: string): string {
  const names = Object.keys(DEFAULT_LIMITS);
  return `--limit ${name}: found an unknown limit, wanted ${nearestName(name, names) ?? `one of ${names.join(', ')}`}`;
}

function readTimeout(text: string): number {
  const milliseconds = readDuration(text);
  if (milliseconds === undefined)
    throw new UsageError('--timeout: wanted a time with its unit, such as 500ms, 30s or 2m');
  return inRange('--timeout', 'wallTimeMs', milliseconds);
}

const BYTE_UNITS: Readonly<Record<string, number>> = { '': 1, KiB: 1024, MiB: 1024 ** 2, GiB: 1024 ** 3 };

function readAmount(text: string): number {
  const [, digits, unit = ''] = /^(\d[\d_]*)(KiB|MiB|GiB)?$/.exec(text) ?? [];
  return digits === undefined ? Number.NaN : Number(digits.replaceAll('_', '')) * (BYTE_UNITS[unit] ?? 1);
}

function inRange(option: string, name: LimitName, value: number): number {
  const [least, greatest] = LIMIT_RANGES[name];
  if (Number.isSafeInteger(value) && value >= least && value <= greatest) return value;
  const found = Number.isNaN(value) ? 'no whole number' : String(value);
  throw new UsageError(`${option}: found ${found}, wanted ${least} to ${greatest}`);
}
