/** `toolscript doctor`: looks at everything that a gateway needs, and says what helps. */
import type { Command } from 'commander';

import { VERSION } from '../../../core/index.js';
import { loadManifest } from '../../../core/manifest/index.js';
import { examine, type Examination } from '../doctor/examination.js';
import { findingLines } from '../doctor/finding.js';
import type { ServerReport } from '../doctor/server-check.js';
import { durationText } from '../duration.js';
import { EXIT_CODES, type Answer, type ExitCode } from '../exit-code.js';
import { interruptible } from '../interruption.js';
import { DEFAULT_MANIFEST } from '../manifest-option.js';
import { printable, type Terminal } from '../terminal.js';

interface DoctorOptions {
  readonly config: string;
  readonly start: boolean;
  readonly strict?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  toolscript doctor                     look at ./toolscript.json, start its servers, look at their tools
  toolscript doctor --no-start          look at what can be seen without starting anything
  toolscript doctor --strict --json     for a pipeline: warnings count as errors
`;

/** Adds the command. */
export function addDoctor(program: Command, terminal: Terminal, answer: Answer): void {
  program
    .command('doctor')
    .description(
      'Looks at Node, the manifest, its files and ports, at each server and its tools; says what is wrong and what helps.',
    )
    .option('-c, --config <file>', 'the manifest', DEFAULT_MANIFEST)
    .option('--no-start', 'start no server')
    .option('--strict', 'count warnings as errors')
    .option('--json', 'print findings and servers as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: DoctorOptions) => {
      answer(await doctor(options, terminal));
    });
}

async function doctor(options: DoctorOptions, terminal: Terminal): Promise<ExitCode> {
  const { config, start, strict = false } = options;
  const examination = await interruptible(async ({ asked }) => {
    const work = examine({
      load: () => loadManifest(config),
      start,
      onServer: (report) => {
        if (terminal.isWatched) terminal.note(terminal.colors.dim(serverLine(report, 0)));
      },
    });
    return Promise.race([work, asked]);
  });
  if (examination === undefined) return EXIT_CODES.interrupted;
  terminal.out(options.json === true ? json(examination) : text(examination));
  const isBad = examination.findings.some(
    ({ severity }) => severity === 'error' || (strict && severity === 'warning'),
  );
  return isBad ? EXIT_CODES.unwell : EXIT_CODES.ok;
}

function text({ findings, servers, tools }: Examination): string {
  const width = Math.max(0, ...servers.map(({ name }) => printable(name).length));
  const list = servers.map((server) => serverLine(server, width));
  return [
    `toolscript ${VERSION}, Node ${process.versions.node}`,
    ...(list.length > 0 ? ['', ...list, `${tools} tools in all`] : []),
    '',
    ...findingLines(findings),
    '',
  ].join('\n');
}

function serverLine({ name, up, tools, ms }: ServerReport, width: number): string {
  const what = up ? `up, ${tools} ${tools === 1 ? 'tool' : 'tools'}` : 'down';
  return `${printable(name).padEnd(width)}  ${what.padEnd(13)}  ${durationText(ms)}`;
}

function json(examination: Examination): string {
  const { node } = process.versions;
  return `${JSON.stringify({ version: VERSION, node, ...examination }, undefined, 2)}\n`;
}
