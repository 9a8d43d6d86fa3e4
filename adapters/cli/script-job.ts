/** One script with all that it is run with, as the command line says it. */
import { VERSION, type JsonObject, type Limits, type Outcome, type Progress } from '../../core/index.js';
import { EXIT_CODES, type ExitCode } from './exit-code.js';
import { readData, readScript } from './input-file.js';
import { limitsOf } from './limit-option.js';
import { languageOfFile } from './script-language.js';
import { printable, type Terminal } from './terminal.js';

/** What says how a script is run. */
export interface JobOptions {
  readonly data?: string;
  readonly language?: string;
  readonly limit?: readonly string[];
  readonly timeout?: string;
}

/** A script to run, as code mode takes it. */
export interface ScriptJob {
  readonly script: string;
  readonly data: JsonObject;
  readonly limits: Partial<Limits>;
  readonly language?: string;
}

/** The command, as sinks are told of it. */
export const CLI_SERVICE = { service: 'cli', version: VERSION, codeMode: true, optimizer: false } as const;

/** Reads the script and its data; answers what messages call the script, too. */
export async function readJob(
  path: string,
  options: JobOptions,
  terminal: Terminal,
): Promise<{ readonly name: string; readonly job: ScriptJob }> {
  const limits = limitsOf(options.limit ?? [], options.timeout);
  const data = options.data === undefined ? {} : await readData(options.data);
  const { name, source } = await readScript(path, terminal);
  const language = jobLanguage(path, options);
  return { name, job: { script: source, data, limits, ...(language !== undefined && { language }) } };
}

/** The language that was asked for, else that of the file; undefined where neither says. */
export function jobLanguage(path: string, { language }: JobOptions): string | undefined {
  return language ?? languageOfFile(path);
}

/** Shows on a terminal how far the script is. */
export function progressTo(terminal: Terminal): (progress: Progress) => void {
  return ({ progress, total, message = '' }) => {
    const count = total === undefined ? String(progress) : `${progress}/${total}`;
    if (terminal.isWatched) terminal.note(terminal.colors.dim(printable(`… ${count} ${message}`)));
  };
}

/** The exit code of a script that is over. */
export function exitCodeOf(outcome: Outcome): ExitCode {
  if (outcome.ok) return EXIT_CODES.ok;
  if (outcome.error.code === 'cancelled') return EXIT_CODES.interrupted;
  return outcome.error.code === 'internal' ? EXIT_CODES.internal : EXIT_CODES.scriptFailed;
}
