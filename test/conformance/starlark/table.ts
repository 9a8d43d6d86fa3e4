/** The table that the command prints. */
import type { Report, Tally } from './run-suites.js';

type Counts = Omit<Tally, 'suite' | 'file'>;

const HEADS: Readonly<Record<keyof Counts, string>> = {
  chunks: 'chunks',
  passed: 'passed',
  listed: 'listed',
  failed: 'failed',
  expected: 'errors',
  met: 'met',
  worded: 'alike',
};
const COLUMNS = Object.keys(HEADS) as (keyof Counts)[];

/** Rows by suite and file, then the sum, then what failed. */
export function reportText({ tallies, failures }: Report): string {
  const lines: string[] = [];
  let suite = '';
  for (const tally of tallies) {
    if (tally.suite !== suite)
      lines.push(
        '',
        row(
          tally.suite,
          COLUMNS.map((column) => HEADS[column]),
        ),
      );
    ({ suite } = tally);
    lines.push(
      row(
        `  ${tally.file}`,
        COLUMNS.map((column) => String(tally[column])),
      ),
    );
  }
  lines.push(
    '',
    row(
      'all',
      COLUMNS.map((column) => String(sum(tallies, column))),
    ),
    '',
    LEGEND,
  );
  for (const { file, line, mark, text } of failures) lines.push('', `${file}:${line} [${mark}]`, `  ${text}`);
  return lines.join('\n');
}

const LEGEND = [
  'listed: differs where docs/starlark.md says so; errors: those that must be raised, met in their place;',
  'alike: worded as an implementation words them.',
].join('\n');

/** The share of chunks that stand in the list, in percent. */
export function listedPercent(tallies: readonly Tally[]): number {
  return (100 * sum(tallies, 'listed')) / sum(tallies, 'chunks');
}

function sum(tallies: readonly Tally[], column: keyof Counts): number {
  return tallies.reduce((total, tally) => total + tally[column], 0);
}

function row(name: string, cells: readonly string[]): string {
  return name.padEnd(42) + cells.map((cell) => cell.padStart(8)).join('');
}
