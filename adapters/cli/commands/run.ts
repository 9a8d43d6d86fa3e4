/** `toolscript run`: one script, from a file or standard input, over the tools of a manifest. */
import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';

import { Option, type Command } from 'commander';

import { isJsonObject, type JsonObject, type Outcome, type Progress } from '../../../core/index.js';
import { JsonSyntaxError, readJson } from '../../../core/manifest/index.js';
import { compose } from '../compose.js';
import { EXIT_CODES, type Answer, type ExitCode } from '../exit-code.js';
import { failureReport } from '../failure-report.js';
import { onInterruption } from '../interruption.js';
import { layOut } from '../json-layout.js';
import { limitsOf } from '../limit-option.js';
import { DEFAULT_MANIFEST, openManifestIfAny } from '../manifest-option.js';
import { printable, type Terminal } from '../terminal.js';
import { timeline, usageLine } from '../timeline.js';
import { UsageError } from '../usage-error.js';

interface RunOptions {
  readonly config?: string;
  readonly toolsFrom?: string;
  readonly data?: string;
  readonly limit?: readonly string[];
  readonly timeout?: string;
  readonly json?: true;
  readonly timeline?: boolean;
}

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
    .option('--data <file or JSON>', 'an object whose keys become variables of the script')
    .option('--limit <name=value>', 'a limit, e.g. steps=5000 or memoryBytes=32MiB; may be repeated', collect)
    .option('--timeout <time>', 'the wall time, e.g. 500ms, 30s or 2m')
    .option('--json', 'print the whole outcome: value or error, logs, calls, usage')
    .option('--timeline', 'show the calls on a timeline (the default on a terminal)')
    .option('--no-timeline', 'do not')
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
  const source = path === '-' ? await readAll(terminal.input) : await readText(path, 'the script');
  const outcome = await runOnce({ script: source, data, limits }, options, terminal);
  const name = path === '-' ? '<stdin>' : path;
  report({ outcome, source, name }, options, terminal);
  return exitCodeOf(outcome);
}

interface Job {
  readonly script: string;
  readonly data: JsonObject;
  readonly limits: ReturnType<typeof limitsOf>;
}

async function runOnce(job: Job, options: RunOptions, terminal: Terminal): Promise<Outcome> {
  const manifest = await openManifestIfAny(options.config ?? options.toolsFrom, terminal);
  const interruption = onInterruption();
  try {
    const { codeMode } = await compose(manifest, (line) => terminal.warn(line));
    try {
      // Servers start before the script's clock does.
      await Promise.race([codeMode.listTools(), interruption.asked]);
      return await codeMode.run({ ...job, signal: interruption.signal, onProgress: progressTo(terminal) });
    } finally {
      await codeMode.close();
    }
  } finally {
    interruption.release();
  }
}

function progressTo(terminal: Terminal): (progress: Progress) => void {
  return ({ progress, total, message = '' }) => {
    const count = total === undefined ? String(progress) : `${progress}/${total}`;
    if (terminal.isWatched) terminal.note(terminal.colors.dim(printable(`… ${count} ${message}`)));
  };
}

interface Finished {
  readonly outcome: Outcome;
  readonly source: string;
  readonly name: string;
}

function report({ outcome, source, name }: Finished, options: RunOptions, terminal: Terminal): void {
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

function exitCodeOf(outcome: Outcome): ExitCode {
  if (outcome.ok) return EXIT_CODES.ok;
  if (outcome.error.code === 'cancelled') return EXIT_CODES.interrupted;
  return outcome.error.code === 'internal' ? EXIT_CODES.internal : EXIT_CODES.scriptFailed;
}

async function readText(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const found =
      code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'that is a folder' : String(code);
    throw new UsageError(`read ${what} ${path}: ${found}`);
  }
}

/** What starts with `{` is JSON itself, anything else the path of a file. */
async function readData(given: string): Promise<JsonObject> {
  const isJson = given.trimStart().startsWith('{');
  const name = isJson ? '--data' : `--data ${given}`;
  const data = parseData(isJson ? given : await readText(given, 'the data'), name);
  if (isJsonObject(data)) return data;
  throw new UsageError(`${name}: found no object, wanted one: its keys become variables`);
}

function parseData(json: string, name: string): unknown {
  try {
    return readJson(json).value;
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const { line, column } = error.position;
    throw new UsageError(`${name}: line ${line}, column ${column}: ${error.message}`);
  }
}
