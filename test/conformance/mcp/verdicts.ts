/** Reads what the official suite wrote down, and compares it with what we say of ourselves. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** How a scenario ended. */
export type Verdict = 'passed' | 'failed' | 'skipped';

/** One scenario, with what is wrong. */
export interface Judged {
  readonly scenario: string;
  readonly verdict: Verdict;
  readonly checks: number;
  readonly faults: readonly string[];
}

interface Check {
  readonly id: string;
  readonly status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  readonly errorMessage?: string;
}

/** The scenarios of a results folder, `prefix` being what stands before their names. */
export async function readVerdicts(folder: string, prefix: string): Promise<Judged[]> {
  const files = await readdir(folder, { recursive: true });
  const found = files.filter((file) => file.endsWith('checks.json')).toSorted();
  return Promise.all(found.map((file) => judged(folder, file, prefix)));
}

async function judged(folder: string, file: string, prefix: string): Promise<Judged> {
  const checks = JSON.parse(await readFile(join(folder, file), 'utf8')) as Check[];
  const scenario = file
    .slice(0, -'/checks.json'.length)
    .replace(/-\d{4}-\d\d-\d\dT.*$/, '')
    .replace(new RegExp(`^${prefix}`), '');
  const failures = checks.filter(({ status }) => status === 'FAILURE' || status === 'WARNING');
  const counted = checks.filter(({ status }) => status !== 'INFO');
  const isSkipped = counted.length > 0 && counted.every(({ status }) => status === 'SKIPPED');
  return {
    scenario,
    verdict: failures.length > 0 ? 'failed' : isSkipped ? 'skipped' : 'passed',
    checks: counted.length,
    faults: failures.map(({ id, errorMessage = '' }) => `${id}: ${errorMessage}`),
  };
}

/** What is not as we say: a failure without a reason, or a reason without a failure. */
export function surprises(judged: readonly Judged[], reasons: Readonly<Record<string, string>>): string[] {
  const unlisted = judged
    .filter(({ scenario, verdict }) => verdict === 'failed' && !Object.hasOwn(reasons, scenario))
    .map(({ scenario, faults }) => `${scenario} fails: ${faults.join('; ')}`);
  const stale = Object.keys(reasons)
    .filter((scenario) => !judged.some((each) => each.scenario === scenario && each.verdict !== 'passed'))
    .map((scenario) => `${scenario} is listed and passes, or is no scenario`);
  return [...unlisted, ...stale];
}
