/** `toolscript init`: begins a manifest. */
import { resolve } from 'node:path';

import { InvalidArgumentError, type Command } from 'commander';

import { thisSystem } from '../clients/client-places.js';
import { EXIT_CODES, type Answer, type ExitCode } from '../exit-code.js';
import { begunManifest, type BegunChoice } from '../importing/begun-manifest.js';
import { gather, type ReadSource } from '../importing/gathering.js';
import {
  count,
  importData,
  importLines,
  shortPath,
  variableLines,
  whose,
} from '../importing/import-report.js';
import { importInto, type ImportResult } from '../importing/import-result.js';
import { textToEdit, writeWhole } from '../importing/written-file.js';
import { DEFAULT_MANIFEST } from '../manifest-option.js';
import { isAttended, Unanswered, withQuestions, type Questions } from '../questions.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

interface InitOptions {
  readonly config: string;
  readonly import?: boolean;
  readonly codeMode?: boolean;
  readonly optimizer?: true;
  readonly runtime?: readonly string[];
  readonly yes?: true;
  readonly force?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  toolscript init                                asks what it needs to know, on a terminal
  toolscript init --yes                          asks nothing, takes over all servers that are found
  toolscript init --no-import                    begins without servers
  toolscript init --runtime starlark quickjs     scripts in Starlark or JavaScript
`;

/** Adds the command. */
export function addInit(program: Command, terminal: Terminal, answer: Answer): void {
  program
    .command('init')
    .description(`Begins a manifest, with the servers that your MCP clients have if you like.`)
    .option('-c, --config <file>', 'the manifest to write', DEFAULT_MANIFEST)
    .option('--import', 'take over the servers of clients (asked on a terminal; else the default is not to)')
    .option('--no-import', 'begin without servers')
    .option('--code-mode', 'offer execute_tool_script (asked on a terminal; else the default)')
    .option('--no-code-mode', 'only pass on the tools of the servers')
    .option('--optimizer', 'list find_tool and call_tool in place of all tools')
    .option(
      '--runtime <name...>',
      'what runs scripts, e.g. starlark, quickjs, monty (default: starlark)',
      readRuntime,
    )
    .option('-y, --yes', 'ask nothing, and say yes')
    .option('--force', 'write over a manifest that is there')
    .option('--json', 'print what became of each server as JSON; asks nothing')
    .addHelpText('after', EXAMPLES)
    .action(async (options: InitOptions) => {
      answer(await init(options, terminal));
    });
}

const MAX_RUNTIME = 100;

function readRuntime(name: string, before: readonly string[] = []): string[] {
  if (!/^[\w./@-]+$/.test(name) || name.length > MAX_RUNTIME)
    throw new InvalidArgumentError('wanted the name of a runtime');
  return [...before, name];
}

async function init(options: InitOptions, terminal: Terminal): Promise<ExitCode> {
  const file = resolve(options.config);
  if (options.force !== true && (await textToEdit(file)) !== undefined)
    throw new UsageError(
      `init: ${options.config} is there already; toolscript import adds to it, --force begins anew`,
    );
  const sources = (await gather({}, thisSystem())).filter(
    ({ servers, problem }) => servers.length > 0 || problem,
  );
  try {
    const choice = await choose(options, sources, terminal);
    const target = { file, before: undefined, begun: begunManifest(file, choice) };
    const result = await importInto(target, choice.sources);
    await writeWhole(file, result.text);
    tell(result, sources, options, terminal);
    return EXIT_CODES.ok;
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    terminal.note('nothing is written');
    return EXIT_CODES.interrupted;
  }
}

interface Choice extends BegunChoice {
  readonly sources: readonly ReadSource[];
}

async function choose(
  options: InitOptions,
  sources: readonly ReadSource[],
  terminal: Terminal,
): Promise<Choice> {
  const { optimizer = false, runtime = [], yes = false, json } = options;
  const asks = isAttended(terminal) && !yes && json !== true;
  const fixed = (given: boolean | undefined, byDefault: boolean): boolean => given ?? (yes || byDefault);
  if (!asks) {
    return {
      optimizer,
      runtimes: runtime,
      codeMode: fixed(options.codeMode, true),
      sources: fixed(options.import, false) ? sources : [],
    };
  }
  return withQuestions(terminal, async (questions) => ({
    optimizer,
    runtimes: runtime,
    sources: await chosenSources(options.import, sources, questions),
    codeMode:
      options.codeMode ??
      (await questions.confirm('Offer execute_tool_script, so that agents can send scripts?', true)),
  }));
}

async function chosenSources(
  given: boolean | undefined,
  sources: readonly ReadSource[],
  questions: Questions,
): Promise<ReadSource[]> {
  if (given !== undefined) return given ? [...sources] : [];
  const chosen: ReadSource[] = [];
  for (const read of sources) {
    if (read.servers.length === 0) continue;
    const question = `Take over ${count(read.servers.length, 'server')} of ${whose(read.source)}?`;
    if (await questions.confirm(question, true)) chosen.push(read);
  }
  return chosen;
}

function tell(
  result: ImportResult,
  sources: readonly ReadSource[],
  options: InitOptions,
  terminal: Terminal,
): void {
  for (const { problem } of sources) if (problem !== undefined) terminal.warn(problem);
  const isEmpty = result.servers.length === 0;
  if (options.json === true) terminal.out(`${JSON.stringify(importData(result), undefined, 2)}\n`);
  else terminal.out([...importLines(result), `wrote ${shortPath(result.file)}`, ''].join('\n'));
  for (const line of variableLines(result.variables)) terminal.note(line);
  const found = sources.reduce((sum, { servers }) => sum + servers.length, 0);
  if (isEmpty && found > 0)
    terminal.note(`${count(found, 'server')} of your clients can be taken over: toolscript import`);
  terminal.note(
    isEmpty ? 'next: put servers under mcpServers, then toolscript doctor' : 'next: toolscript doctor',
  );
}
