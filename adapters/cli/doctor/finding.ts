/** What the doctor finds, and what helps. */
import { printable } from '../terminal.js';

/** How bad a thing is: it does not work, it may not, it could be better. */
export const SEVERITIES = ['error', 'warning', 'hint'] as const;

/** How bad a thing is. */
export type Severity = (typeof SEVERITIES)[number];

/** One finding; no secret is in it. */
export interface Finding {
  readonly severity: Severity;
  /** What it is about, e.g. `server search`. */
  readonly subject: string;
  readonly message: string;
  /** What to do. */
  readonly remedy: string;
}

/** The worst first, each kind in the order in which it was found. */
export function sorted(findings: readonly Finding[]): Finding[] {
  return SEVERITIES.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
}

/** Two lines for each finding, and one that counts them. */
export function findingLines(findings: readonly Finding[]): string[] {
  const lines = sorted(findings).flatMap(({ severity, subject, message, remedy }) => [
    `${severity.padEnd(7)}  ${oneLine(`${subject}: ${message}`)}`,
    `         → ${oneLine(remedy)}`,
  ]);
  return [...lines, ...(lines.length > 0 ? [''] : []), countLine(findings)];
}

function countLine(findings: readonly Finding[]): string {
  const counts = SEVERITIES.map(
    (severity) => [severity, findings.filter((one) => one.severity === severity).length] as const,
  )
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => `${count} ${severity}${count === 1 ? '' : 's'}`);
  return counts.length === 0 ? 'nothing to mend' : counts.join(', ');
}

const MAX_LINE = 500;

function oneLine(text: string): string {
  const line = printable(text.replace(/\s+/g, ' '));
  return line.length > MAX_LINE ? `${line.slice(0, MAX_LINE - 1)}…` : line;
}
