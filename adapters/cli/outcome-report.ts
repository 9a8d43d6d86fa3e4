/** A finished script for who started it: the result on the output, all else on the error output. */
import type { Outcome } from '../../core/index.js';
import { failureReport } from './failure-report.js';
import { layOut } from './json-layout.js';
import { printable, type Terminal } from './terminal.js';
import { timeline, usageLine } from './timeline.js';

/** What is reported. */
export interface FinishedScript {
  readonly outcome: Outcome;
  readonly source: string;
  /** What messages call the script. */
  readonly name: string;
}

/** How it is reported. */
export interface ReportOptions {
  /** The whole outcome, as JSON. */
  readonly json?: true;
  /** Default: when somebody watches. */
  readonly timeline?: boolean;
}

/** Reports a script. */
export function reportOutcome(finished: FinishedScript, options: ReportOptions, terminal: Terminal): void {
  const { outcome, source, name } = finished;
  const { colors, columns } = terminal;
  if (options.timeline ?? terminal.isWatched) {
    for (const line of timeline(outcome, columns, colors)) terminal.note(line);
    terminal.note(colors.dim(usageLine(outcome)));
  }
  if (options.json === true) {
    terminal.out(`${layOut(outcomeJson(outcome))}\n`);
    return;
  }
  for (const line of outcome.logs) terminal.note(printable(line));
  if (outcome.ok) terminal.out(resultText(outcome));
  else for (const line of failureReport({ name, source, error: outcome.error }, colors)) terminal.note(line);
}

/** A text as it is, anything else as JSON; with a line end. */
function resultText({ value, text }: Outcome & { ok: true }): string {
  const shown = typeof value === 'string' ? value : layOut(text);
  return shown.endsWith('\n') ? shown : `${shown}\n`;
}

/** The outcome as JSON text; the value keeps its digits and the order of its keys. */
function outcomeJson(outcome: Outcome): string {
  const { logs, calls, tally, usage } = outcome;
  const result = outcome.ok ? `"value":${outcome.text}` : `"error":${JSON.stringify(outcome.error)}`;
  return `{"ok":${outcome.ok},${result},${JSON.stringify({ logs, calls, tally, usage }).slice(1)}`;
}
