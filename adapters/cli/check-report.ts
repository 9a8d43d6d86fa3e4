/** What was found in scripts, for who asked: the faults on the output, how many there are beside it. */
import { createColors } from 'picocolors';

import type { Failure } from '../../core/index.js';
import { failureReport } from './failure-report.js';
import type { ScriptText } from './input-file.js';
import type { Terminal } from './terminal.js';

/** A script, and what speaks against it. */
export interface CheckedScript extends ScriptText {
  readonly failure: Failure | undefined;
  /** Whether its runtime tells anything of the text. */
  readonly isKnown: boolean;
}

/** What is an answer is no diagnostic: it is as plain in a pipe as on a screen. */
const PLAIN = createColors(false);

/** Reports scripts, in their order. */
export function reportChecks(
  scripts: readonly CheckedScript[],
  { json }: { readonly json?: true },
  terminal: Terminal,
): void {
  if (json === true) {
    terminal.out(`${JSON.stringify(asJson(scripts), undefined, 2)}\n`);
    return;
  }
  const reports = scripts.flatMap(({ name, source, failure }) =>
    failure === undefined ? [] : [failureReport({ name, source, error: failure }, PLAIN).join('\n')],
  );
  if (reports.length > 0) terminal.out(`${reports.join('\n\n')}\n`);
  for (const { name, isKnown } of scripts)
    if (!isKnown) terminal.warn(`${name}: not read, since its runtime tells nothing before it runs`);
  terminal.note(summary(scripts));
}

function asJson(scripts: readonly CheckedScript[]): object {
  return {
    ok: scripts.every(({ failure }) => failure === undefined),
    scripts: scripts.map(({ name, failure, isKnown }) => ({
      file: name,
      ok: failure === undefined,
      checked: isKnown,
      faults: faultsOf(failure),
    })),
  };
}

function faultsOf(failure: Failure | undefined): readonly Failure[] {
  if (failure === undefined) return [];
  const { also = [], ...first } = failure;
  return [first, ...also];
}

function summary(scripts: readonly CheckedScript[]): string {
  const faults = scripts.reduce((sum, { failure }) => sum + faultsOf(failure).length, 0);
  const faulty = scripts.filter(({ failure }) => failure !== undefined).length;
  const found = faults === 0 ? 'no faults' : count(faults, 'fault');
  const where = scripts.length > 1 && faults > 0 ? ` in ${String(faulty)} of them` : '';
  return `${count(scripts.length, 'script')}, ${found}${where}`;
}

function count(number: number, what: string): string {
  return `${String(number)} ${what}${number === 1 ? '' : 's'}`;
}
