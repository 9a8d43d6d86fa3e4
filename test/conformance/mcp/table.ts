/** The table that the command prints: what passed in one line, the rest one each. */
import type { Judged } from './verdicts.js';

/** One suite. */
export function tableOf(
  title: string,
  judged: readonly Judged[],
  reasons: Readonly<Record<string, string>>,
): string {
  const passed = judged.filter(({ verdict }) => verdict === 'passed');
  const others = judged.filter(({ verdict }) => verdict !== 'passed');
  const checks = passed.reduce((sum, { checks: count }) => sum + count, 0);
  return [
    `\n${title}: ${passed.length} of ${judged.length} scenarios pass, with ${checks} checks`,
    ...others.map(
      ({ scenario, verdict }) => `  ${verdict} ${scenario}: ${reasons[scenario] ?? 'not listed'}`,
    ),
  ].join('\n');
}
