/** `toolscript audit`: looks after the trails that the audit sink writes. */
import type { Command } from 'commander';

import { verifyAudit, type TrailReport } from '../compose/index.js';
import { EXIT_CODES, type Answer, type ExitCode } from '../exit-code.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

interface VerifyOptions {
  readonly keyEnv?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  toolscript audit verify audit*.jsonl                       all files of one trail
  toolscript audit verify audit*.jsonl --key-env AUDIT_KEY   of one that has a key
`;

/** Adds the commands. */
export function addAudit(program: Command, terminal: Terminal, answer: Answer): void {
  program
    .command('audit')
    .description('Checks what the audit sink wrote.')
    .command('verify')
    .description('Checks that no record of a trail was changed, cut out or put in.')
    .argument('<files...>', 'the files of one trail, the oldest first')
    .option('--key-env <name>', 'the environment variable that holds the key of the trail')
    .option('--json', 'print the report as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (files: string[], options: VerifyOptions) => {
      answer(await verify(files, options, terminal));
    });
}

async function verify(
  files: string[],
  { keyEnv, json }: VerifyOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const report = await checked(files, keyOf(keyEnv));
  terminal.out(json === true ? `${JSON.stringify(report, undefined, 2)}\n` : linesOf(report));
  return report.faults.length === 0 ? EXIT_CODES.ok : EXIT_CODES.notWhole;
}

function keyOf(name: string | undefined): string | undefined {
  if (name === undefined) return undefined;
  const key = process.env[name];
  if (key === undefined || key === '') throw new UsageError(`--key-env: ${name} is not set`);
  return key;
}

async function checked(files: readonly string[], key: string | undefined): Promise<TrailReport> {
  try {
    return await verifyAudit(files, key);
  } catch (thrown) {
    throw new UsageError(`audit verify: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
  }
}

function linesOf(report: TrailReport): string {
  const { records, from, to, lost, isFromStart, lastHash, faults } = report;
  const lines = faults.map(({ file, line, message }) => `${file}:${String(line)}: ${message}`);
  if (!isFromStart && records > 0) lines.push('the first record is not the first of the trail');
  if (lost > 0) lines.push(`lost for want of a disk, as the trail says: ${String(lost)}`);
  const span = from === undefined ? '' : `, ${from} to ${to!}`;
  lines.push(`${String(records)} records${span}, ${faults.length === 0 ? 'whole' : 'not whole'}`);
  lines.push(`last line: ${lastHash}`);
  return `${lines.join('\n')}\n`;
}
