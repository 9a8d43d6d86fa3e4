/** `toolscript validate`: every fault of a manifest, without starting anything. */
import type { Command } from 'commander';

import { ManifestError, pathText, type Fault, type Manifest } from '../../../core/manifest/index.js';
import { plan } from '../compose/index.js';
import { EXIT_CODES, type Answer, type ExitCode } from '../exit-code.js';
import { DEFAULT_MANIFEST, openManifest } from '../manifest-option.js';
import { printable, type Terminal } from '../terminal.js';
import { tlsFaults } from '../tls-files.js';

interface ValidateOptions {
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  toolscript validate                   every fault of ./toolscript.json
  toolscript validate mcp.json --json   for editors and scripts
`;

/** Adds the command. */
export function addValidate(program: Command, terminal: Terminal, answer: Answer): void {
  program
    .command('validate')
    .description('Checks a manifest, its variables and its plugins; starts no server.')
    .argument('[file]', `the manifest (default: ./${DEFAULT_MANIFEST})`)
    .option('--json', 'print the faults as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (file: string | undefined, { json }: ValidateOptions) => {
      answer(json === true ? await validateAsJson(file, terminal) : await validate(file, terminal));
    });
}

/** Faults are thrown, and told as those of any command are. */
async function validate(file: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const manifest = await openManifest(file, terminal);
  await plan(manifest, await tlsFaults(manifest));
  terminal.out(`${printable(file ?? DEFAULT_MANIFEST)} is valid: ${summary(manifest)}\n`);
  return EXIT_CODES.ok;
}

function summary({ servers, plugins, codeMode, optimizer }: Manifest): string {
  const mode = `code mode ${codeMode.enabled ? 'on' : 'off'}${optimizer.enabled ? ', optimizer on' : ''}`;
  return `${count(servers.size, 'server')}, ${count(plugins.length, 'plugin')}, ${mode}`;
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

async function validateAsJson(file: string | undefined, terminal: Terminal): Promise<ExitCode> {
  const faults = await faultsOf(file, terminal);
  const shown = faults.map(({ path, ...fault }) => ({ path: pathText(path), ...fault }));
  terminal.out(`${JSON.stringify({ valid: faults.length === 0, faults: shown }, undefined, 2)}\n`);
  return faults.length === 0 ? EXIT_CODES.ok : EXIT_CODES.misuse;
}

async function faultsOf(file: string | undefined, terminal: Terminal): Promise<readonly Fault[]> {
  try {
    const manifest = await openManifest(file, terminal);
    await plan(manifest, await tlsFaults(manifest));
    return [];
  } catch (error) {
    if (error instanceof ManifestError) return error.faults;
    throw error;
  }
}
