/** `toolscript import`: makes a manifest of what MCP clients have. */
import { isAbsolute, resolve } from 'node:path';

import { Option, type Command } from 'commander';

import { CLIENT_NAMES, CLIENTS, type ClientName } from '../clients/client.js';
import { clientPlaces, thisSystem } from '../clients/client-places.js';
import { EXIT_CODES, type Answer, type ExitCode } from '../exit-code.js';
import { begunManifest } from '../importing/begun-manifest.js';
import { envFile } from '../importing/env-file.js';
import { gather } from '../importing/gathering.js';
import { importData, importLines, isOpen, shortPath, variableLines } from '../importing/import-report.js';
import { importInto, type ImportResult } from '../importing/import-result.js';
import { textToEdit, writeWhole } from '../importing/written-file.js';
import { DEFAULT_MANIFEST } from '../manifest-option.js';
import { printable, type Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

interface ImportOptions {
  readonly client?: ClientName;
  readonly config: string;
  readonly allProjects?: true;
  readonly replace?: true;
  readonly secrets?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  toolscript import                              all that is found on this machine
  toolscript import --client cursor              what Cursor has, for this project and for all
  toolscript import ~/.claude.json --dry-run     show the manifest, write nothing
  toolscript import --secrets secrets.env        keep the secrets, in a file that only you can read
`;

/** Adds the command. */
export function addImport(program: Command, terminal: Terminal, answer: Answer): void {
  const titles = CLIENT_NAMES.map((name) => CLIENTS[name].title).join(', ');
  program
    .command('import')
    .description(
      `Takes MCP servers over from the configurations of clients (${titles}). Secrets become variables.`,
    )
    .argument('[file]', 'a configuration (default: all that are found, of this project and of yours)')
    .addOption(
      new Option('--client <name>', 'whose configurations; of a file: whose it is').choices(CLIENT_NAMES),
    )
    .option('-c, --config <file>', 'the manifest to write or to add to', DEFAULT_MANIFEST)
    .option('--all-projects', 'with what Claude Code keeps for other projects than this folder')
    .option('--replace', 'replace servers of the manifest that have the same name')
    .option('--secrets <file>', 'write the secrets to a file of variables, readable by you alone')
    .option('--dry-run', 'print the manifest and write nothing')
    .option('--json', 'print what became of each server as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string | undefined, options: ImportOptions) => {
      answer(await run(file, options, terminal));
    });
}

async function run(named: string | undefined, options: ImportOptions, terminal: Terminal): Promise<ExitCode> {
  const { client, config, allProjects, replace, dryRun } = options;
  const read = await gather(
    {
      ...(named !== undefined && { file: named }),
      ...(client !== undefined && { client }),
      ...(allProjects !== undefined && { allProjects }),
    },
    thisSystem(),
  );
  if (read.length === 0) throw new UsageError(nothingFound(client));
  const file = resolve(config);
  const target = {
    file,
    before: await textToEdit(file),
    begun: begunManifest(file),
    replace: replace === true,
  };
  const result = await importInto(target, read);
  if (dryRun !== true) await write(result, options);
  tell(result, options, terminal);
  return isOpen(result) ? EXIT_CODES.unfinished : EXIT_CODES.ok;
}

async function write(result: ImportResult, options: ImportOptions): Promise<void> {
  if (options.secrets !== undefined) {
    const before = (await textToEdit(options.secrets)) ?? '';
    await writeWhole(options.secrets, envFile(before, result.variables).text, { isSecret: true });
  }
  if (result.isChanged && result.servers.some(isTaken)) await writeWhole(result.file, result.text);
}

function isTaken({ outcome }: ImportResult['servers'][number]): boolean {
  return outcome === 'added' || outcome === 'replaced';
}

/** The answer is the manifest in a dry run, else what became of the servers. */
function tell(result: ImportResult, options: ImportOptions, terminal: Terminal): void {
  for (const { problem } of result.read) if (problem !== undefined) terminal.warn(problem);
  if (options.json === true) {
    const text = options.dryRun === true ? { text: result.text } : {};
    terminal.out(`${JSON.stringify({ ...importData(result), ...text }, undefined, 2)}\n`);
    return;
  }
  const lines = importLines(result);
  if (options.dryRun === true) {
    for (const line of lines) terminal.note(line);
    terminal.out(result.text);
  } else {
    terminal.out(lines.map((line) => `${line}\n`).join(''));
  }
  for (const line of ending(result, options)) terminal.note(line);
}

function ending(result: ImportResult, { dryRun, secrets }: ImportOptions): string[] {
  if (result.servers.length === 0) return ['found no server in what was read'];
  const kept = secrets === undefined ? new Set<string>() : envFile('', result.variables).names;
  const open = variableLines(result.variables.filter(({ name }) => !kept.has(name)));
  const place = shortPath(result.file);
  const written = result.servers.some(isTaken) ? `wrote ${place}` : `${place} stays as it is`;
  return [
    '',
    dryRun === true ? `nothing is written: without --dry-run this becomes ${place}` : written,
    ...(kept.size > 0 && secrets !== undefined && dryRun !== true ? [secretsLine(secrets)] : []),
    ...open,
    'next: toolscript doctor',
  ];
}

function secretsLine(file: string): string {
  const path = printable(isAbsolute(file) ? file : `./${file}`);
  return `wrote the secrets to ${shortPath(resolve(file))}: keep it to yourself, and before you start: set -a; . ${path}; set +a`;
}

function nothingFound(client: ClientName | undefined): string {
  const places = clientPlaces(thisSystem()).filter(
    (place) => client === undefined || place.client === client,
  );
  const list = places.map(({ file }) => `\n  ${shortPath(file)}`).join('');
  return `import: found no configuration, wanted a file, or one of these:${list}`;
}
