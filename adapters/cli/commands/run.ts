/** `toolscript run`: one script, from a file or standard input, over the tools of a manifest. */
import { Option, type Command } from 'commander';

import type { Outcome } from '../../../core/index.js';
import { createExports, withComposition } from '../compose/index.js';
import { EXIT_CODES, type Answer, type ExitCode } from '../exit-code.js';
import { interruptible } from '../interruption.js';
import { DEFAULT_MANIFEST, openManifestIfAny } from '../manifest-option.js';
import { reportOutcome } from '../outcome-report.js';
import { ownCaller } from '../own-caller.js';
import {
  CLI_SERVICE,
  exitCodeOf,
  progressTo,
  readJob,
  type JobOptions,
  type ScriptJob,
} from '../script-job.js';
import { RunTrace } from '../run-trace.js';
import { codeModeFor, mustOffer, SCRIPT_ENDINGS } from '../script-language.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { runWatched } from '../watched-run.js';

interface RunOptions extends JobOptions {
  readonly config?: string;
  readonly toolsFrom?: string;
  readonly json?: true;
  readonly timeline?: boolean;
  readonly watch?: true;
  readonly trace?: string;
}

const EXAMPLES = `
Examples:
  toolscript run report.star                      over the tools of ./toolscript.json
  toolscript run job.py --data '{"n": 3}'         n is a variable of the script
  toolscript run - -c mcp.json < report.star      from standard input, over other tools
  toolscript run report.star --json | jq .usage   what it used
  toolscript run report.star --limit steps=5000   under a limit of its own
  toolscript run report.star --watch               again after each change
  toolscript run report.star --trace run.html     to look at in a browser, or to hand on
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
    .option('--watch', 'run again when the script, its data or the manifest changes; servers stay up')
    .addOption(
      new Option(
        '--trace <file>',
        'write the run, with its script, as a web page that needs no server',
      ).conflicts('watch'),
    )
    .addHelpText('after', EXAMPLES)
    .action(async (script: string, options: RunOptions) => {
      answer(await run(script, options, terminal));
    });
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

async function run(path: string, options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  const config = options.config ?? options.toolsFrom;
  if (options.watch === true) {
    if (path === '-') throw new UsageError('--watch: found standard input, wanted a file');
    await runWatched(path, { ...options, config }, terminal);
    return EXIT_CODES.ok;
  }
  const { name, job } = await readJob(path, options, terminal);
  const trace = options.trace === undefined ? undefined : await RunTrace.begin(options.trace);
  const outcome = await runOnce(job, config, trace, terminal);
  reportOutcome({ outcome, source: job.script, name }, options, terminal);
  await trace?.write();
  return exitCodeOf(outcome);
}

async function runOnce(
  job: ScriptJob,
  config: string | undefined,
  trace: RunTrace | undefined,
  terminal: Terminal,
): Promise<Outcome> {
  const codeMode = codeModeFor(job.language);
  const manifest = await openManifestIfAny(config, terminal, { codeMode });
  const report = (line: string): void => terminal.warn(line);
  // Nobody scrapes what ends so soon, and the port is the gateway's.
  const exports = createExports({ report, scraped: false });
  const composed = { report, servers: 'all', exports, sinks: trace?.sinks ?? [] } as const;
  return interruptible(({ signal, asked }) =>
    withComposition(manifest, composed, async ({ codeMode, languages }) => {
      mustOffer(job.language, languages, manifest);
      codeMode.tell({ name: 'service.started', ...CLI_SERVICE });
      // Servers start before the script's clock does.
      await Promise.race([codeMode.listTools(), asked]);
      const asCaller = { caller: ownCaller(manifest), signal, onProgress: progressTo(terminal) };
      return codeMode.run({ ...job, ...asCaller, ...(trace !== undefined && { id: trace.id }) });
    }),
  );
}
