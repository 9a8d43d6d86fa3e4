/** `toolscript run`: one script, from a file or standard input, over the tools of a manifest. */
import { Option, type Command } from 'commander';

import { VERSION, type Outcome, type Progress, type RunRequest } from '../../../core/index.js';
import { createExports, withComposition } from '../compose/index.js';
import { EXIT_CODES, type Answer, type ExitCode } from '../exit-code.js';
import { readData, readScript } from '../input-file.js';
import { interruptible } from '../interruption.js';
import { limitsOf } from '../limit-option.js';
import { DEFAULT_MANIFEST, openManifestIfAny } from '../manifest-option.js';
import { reportOutcome } from '../outcome-report.js';
import { ownCaller } from '../own-caller.js';
import { codeModeFor, languageOfFile, mustOffer, SCRIPT_ENDINGS } from '../script-language.js';
import { printable, type Terminal } from '../terminal.js';

interface RunOptions {
  readonly config?: string;
  readonly toolsFrom?: string;
  readonly data?: string;
  readonly language?: string;
  readonly limit?: readonly string[];
  readonly timeout?: string;
  readonly json?: true;
  readonly timeline?: boolean;
}

const EXAMPLES = `
Examples:
  toolscript run report.star                      over the tools of ./toolscript.json
  toolscript run job.py --data '{"n": 3}'         n is a variable of the script
  toolscript run - -c mcp.json < report.star      from standard input, over other tools
  toolscript run report.star --json | jq .usage   what it used
  toolscript run report.star --limit steps=5000   under a limit of its own
`;

/** Adds the command. */
export function addRun(program: Command, terminal: Terminal, answer: Answer): void {
  program
    .command('run')
    .description('Runs one script; its result goes to standard output, everything else to standard error.')
    .argument('<script>', 'a file, or - for standard input')
    .option(
      '-c, --config <file>',
      `whose tools the script may call (default: ./${DEFAULT_MANIFEST}, else none)`,
    )
    .addOption(new Option('--tools-from <file>', 'the same as --config').conflicts('config'))
    .option(
      '--language <name>',
      `what the script is written in (default: as its file ends, ${SCRIPT_ENDINGS.join(' ')}, else the first that the manifest names)`,
    )
    .option('--data <file or JSON>', 'an object whose keys become variables of the script')
    .option('--limit <name=value>', 'a limit, e.g. steps=5000 or memoryBytes=32MiB; may be repeated', collect)
    .option('--timeout <time>', 'the wall time, e.g. 500ms, 30s or 2m')
    .option('--json', 'print the whole outcome: value or error, logs, calls, usage')
    .option('--timeline', 'show the calls on a timeline (the default on a terminal)')
    .option('--no-timeline', 'do not')
    .addHelpText('after', EXAMPLES)
    .action(async (script: string, options: RunOptions) => {
      answer(await run(script, options, terminal));
    });
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

async function run(path: string, options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const limits = limitsOf(options.limit ?? [], options.timeout);
  const data = options.data === undefined ? {} : await readData(options.data);
  const { name, source } = await readScript(path, terminal);
  const language = options.language ?? languageOfFile(path);
  const job = { script: source, data, limits, ...(language !== undefined && { language }) };
  const outcome = await runOnce(job, options, terminal);
  reportOutcome({ outcome, source, name }, options, terminal);
  return exitCodeOf(outcome);
}

/** A run of one script, as the sinks of its manifest are told. */
const SERVICE = { service: 'cli', version: VERSION, codeMode: true, optimizer: false } as const;

type Job = Pick<RunRequest, 'script' | 'language' | 'data' | 'limits'>;

async function runOnce(job: Job, options: RunOptions, terminal: Terminal): Promise<Outcome> {
  const codeMode = codeModeFor(job.language);
  const manifest = await openManifestIfAny(options.config ?? options.toolsFrom, terminal, { codeMode });
  const report = (line: string): void => terminal.warn(line);
  // Nobody scrapes what ends so soon, and the port is the gateway's.
  const exports = createExports({ report, scraped: false });
  return interruptible(({ signal, asked }) =>
    withComposition(manifest, { report, servers: 'all', exports }, async ({ codeMode, languages }) => {
      mustOffer(job.language, languages, manifest);
      codeMode.tell({ name: 'service.started', ...SERVICE });
      // Servers start before the script's clock does.
      await Promise.race([codeMode.listTools(), asked]);
      return codeMode.run({ ...job, caller: ownCaller(manifest), signal, onProgress: progressTo(terminal) });
    }),
  );
}

function progressTo(terminal: Terminal): (progress: Progress) => void {
  return ({ progress, total, message = '' }) => {
    const count = total === undefined ? String(progress) : `${progress}/${total}`;
    if (terminal.isWatched) terminal.note(terminal.colors.dim(printable(`… ${count} ${message}`)));
  };
}

function exitCodeOf(outcome: Outcome): ExitCode {
  if (outcome.ok) return EXIT_CODES.ok;
  if (outcome.error.code === 'cancelled') return EXIT_CODES.interrupted;
  return outcome.error.code === 'internal' ? EXIT_CODES.internal : EXIT_CODES.scriptFailed;
}
