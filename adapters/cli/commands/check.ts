/** `toolscript check`: what speaks against scripts, without running them. */
import type { Command } from 'commander';

import type { Failure, JsonObject } from '../../../core/index.js';
import { reportChecks, type CheckedScript } from '../check-report.js';
import { withComposition, type Composition } from '../compose/index.js';
import { EXIT_CODES, type Answer, type ExitCode } from '../exit-code.js';
import { readData, readScript, type ScriptText } from '../input-file.js';
import { interruptible } from '../interruption.js';
import { DEFAULT_MANIFEST, openManifestIfAny } from '../manifest-option.js';
import { ownCaller } from '../own-caller.js';
import { codeModeFor, languageOfFile, mustOffer, SCRIPT_ENDINGS } from '../script-language.js';
import type { Terminal } from '../terminal.js';

interface CheckOptions {
  readonly config?: string;
  readonly data?: string;
  readonly language?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  toolscript check report.star                    every fault, before anything runs
  toolscript check jobs/*.star --data day.json    scripts that use the keys of day.json as variables
  toolscript check - --language python < job.py   from standard input
  toolscript check report.star --json             for editors and scripts
`;

/** Adds the command. */
export function addCheck(program: Command, terminal: Terminal, answer: Answer): void {
  program
    .command('check')
    .description('Tells what speaks against scripts: syntax, names, arguments of tools. Nothing runs.')
    .argument('<scripts...>', 'files, or - for standard input')
    .option(
      '-c, --config <file>',
      `whose tools the scripts may call (default: ./${DEFAULT_MANIFEST}, else none)`,
    )
    .option(
      '--language <name>',
      `what they are written in (default: as each file ends, ${SCRIPT_ENDINGS.join(' ')}, else the first that the manifest names)`,
    )
    .option('--data <file or JSON>', 'an object whose keys are variables of the scripts')
    .option('--json', 'print the faults as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (paths: readonly string[], options: CheckOptions) => {
      answer(await check(paths, options, terminal));
    });
}

async function check(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<ExitCode> {
  const data = options.data === undefined ? {} : await readData(options.data);
  const scripts: Asked[] = [];
  for (const path of paths)
    scripts.push({
      ...(await readScript(path, terminal)),
      language: options.language ?? languageOfFile(path),
    });
  const checked = await checkAll(scripts, data, options, terminal);
  reportChecks(checked, options, terminal);
  return exitCodeOf(checked.flatMap(({ failure }) => failure ?? []));
}

/** A script, and the language that was asked for; none is the default. */
interface Asked extends ScriptText {
  readonly language: string | undefined;
}

async function checkAll(
  scripts: readonly Asked[],
  data: JsonObject,
  { config }: CheckOptions,
  terminal: Terminal,
): Promise<CheckedScript[]> {
  const codeMode = codeModeFor(...scripts.map(({ language }) => language));
  const manifest = await openManifestIfAny(config, terminal, { codeMode });
  const caller = ownCaller(manifest);
  const report = (line: string): void => terminal.warn(line);
  return interruptible(({ signal, asked }) =>
    withComposition(manifest, { report, servers: 'all' }, async (composition) => {
      for (const { language } of scripts) mustOffer(language, composition.languages, manifest);
      // Servers start before the clock of a check does.
      await Promise.race([composition.codeMode.listTools(caller), asked]);
      const checked: CheckedScript[] = [];
      for (const script of scripts) {
        const { source, language } = script;
        const request = { script: source, data, caller, signal, ...(language !== undefined && { language }) };
        const failure = await composition.codeMode.check(request);
        checked.push({ ...script, failure, isKnown: isChecked(language, composition) });
      }
      return checked;
    }),
  );
}

function isChecked(language: string | undefined, { languages, unchecked }: Composition): boolean {
  return !unchecked.includes(language ?? languages[0]!);
}

function exitCodeOf(failures: readonly Failure[]): ExitCode {
  const codes = new Set(failures.map(({ code }) => code));
  if (codes.has('cancelled')) return EXIT_CODES.interrupted;
  if (codes.has('internal')) return EXIT_CODES.internal;
  return codes.size === 0 ? EXIT_CODES.ok : EXIT_CODES.faulty;
}
