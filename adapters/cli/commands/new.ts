/** `toolscript new`: begins a package that is a plugin. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { Argument } from 'commander';
import type { Command } from 'commander';

import { EXIT_CODES, type Answer, type ExitCode } from '../exit-code.js';
import { NEW_KINDS, packageFiles, type NewKind } from '../new-package/package-files.js';
import { printable, type Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

interface NewOptions {
  readonly dir?: string;
}

const EXAMPLES = `
Examples:
  toolscript new runtime my-language                  a package in ./my-language
  toolscript new sink slow-calls --dir plugins/slow   in a folder of another name
`;

/** Adds the command. */
export function addNew(program: Command, terminal: Terminal, answer: Answer): void {
  program
    .command('new')
    .description('Begins a package that is a plugin, with a test of what its contract promises.')
    .addArgument(new Argument('<kind>', 'what it is').choices(NEW_KINDS))
    .argument('<name>', "the package's name")
    .option('--dir <folder>', 'where to put it; must not be there yet (default: ./<name>)')
    .addHelpText('after', EXAMPLES)
    .action(async (kind: NewKind, name: string, options: NewOptions) => {
      answer(await begin(kind, name, options, terminal));
    });
}

async function begin(
  kind: NewKind,
  name: string,
  { dir = name }: NewOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  if (!NAME.test(name)) throw new UsageError(`new: the name is no name of a package, wanted ${WANTED}`);
  const files = await packageFiles(kind, name);
  await makeFolder(dir);
  for (const [file, text] of files) await writeFile(join(dir, file), text, { flag: 'wx' });
  terminal.out(`${[...files.keys()].map((file) => printable(join(dir, file))).join('\n')}\n`);
  terminal.note(`next: cd ${printable(relative('.', dir))} && npm install toolscript && npm test`);
  return EXIT_CODES.ok;
}

const NAME = /^[a-z0-9][a-z0-9-]{0,99}$/;
const WANTED = 'a-z, 0-9 and -, at most 100 of them';

/** Nothing that is there is written over. */
async function makeFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir);
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    throw new UsageError(`new: make the folder ${dir}: ${FAILURES[String(code)] ?? String(code)}`);
  }
}

const FAILURES: Readonly<Record<string, string>> = {
  EEXIST: 'it is there already',
  ENOENT: 'the folder that it is to be in is not there',
  EACCES: 'that is not permitted',
  ENOTDIR: 'a part of the path is no folder',
};
