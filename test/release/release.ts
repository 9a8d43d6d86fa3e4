/**
 * The command `npm run release:check`: packs what would be published and judges it as its users meet it. publint
 * and arethetypeswrong read the packed file; then it is installed in an empty folder, and its command runs
 * there. Ends with 1 when one of them finds a fault; prints how large the package and its install are.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const attw = fileURLToPath(import.meta.resolve('@arethetypeswrong/cli/package.json')).replace(
  'package.json',
  'dist/index.js',
);

/** Packages to begin with, for `toolscript new`: publint takes them for parts of this one. */
const SKELETONS = 'docs/examples/plugins/';

interface Packed {
  readonly file: string;
  readonly version: string;
  readonly bytes: number;
  readonly unpackedBytes: number;
  readonly files: number;
}

const folder = await mkdtemp(join(tmpdir(), 'toolscript-release-'));
try {
  const packed = await pack();
  const faults = [...(await lintFaults(packed)), ...(await typeFaults(packed))];
  const installed = await install(packed);
  const printed = await version();
  if (printed !== packed.version)
    faults.push(`the installed command says ${printed}, wanted ${packed.version}`);
  say(
    `packed: ${kilobytes(packed.bytes)}, ${String(packed.files)} files, ${kilobytes(packed.unpackedBytes)} unpacked`,
  );
  say(`installed: ${String(installed.packages)} packages, ${kilobytes(installed.bytes)}`);
  for (const fault of faults) say(`fault: ${fault}`);
  say(
    faults.length === 0 ? 'publint, types, install and command: no fault' : `${String(faults.length)} faults`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function pack(): Promise<Packed> {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    maxBuffer: 1e8,
  });
  const [packed] = JSON.parse(stdout) as [
    { filename: string; version: string; size: number; unpackedSize: number; entryCount: number },
  ];
  const { filename, version: name, size, unpackedSize, entryCount } = packed;
  return {
    file: join(folder, filename),
    version: name,
    bytes: size,
    unpackedBytes: unpackedSize,
    files: entryCount,
  };
}

async function lintFaults({ file }: Packed): Promise<string[]> {
  const tarball = new Uint8Array(await readFile(file)).buffer;
  const { messages, pkg } = await publint({ pack: { tarball }, level: 'warning' });
  return messages
    .map((message) => formatMessage(message, pkg, { color: false }) ?? message.code)
    .filter((text) => !text.includes(SKELETONS));
}

async function typeFaults({ file }: Packed): Promise<string[]> {
  try {
    await run(process.execPath, [attw, file, '--profile', 'esm-only', '--format', 'ascii'], {
      maxBuffer: 1e8,
    });
    return [];
  } catch (error) {
    return [`arethetypeswrong: ${(error as { stdout: string }).stdout}`];
  }
}

async function install({ file }: Packed): Promise<{ packages: number; bytes: number }> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'outside', private: true }));
  await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', file], { cwd: folder });
  const modules = join(folder, 'node_modules');
  const lock = JSON.parse(await readFile(join(modules, '.package-lock.json'), 'utf8')) as {
    packages: Record<string, unknown>;
  };
  return { packages: Object.keys(lock.packages).length, bytes: await bytesIn(modules) };
}

async function bytesIn(place: string): Promise<number> {
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const sizes = await Promise.all(
    files.map(async ({ parentPath, name }) => (await stat(join(parentPath, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function version(): Promise<string> {
  const { stdout } = await run(join(folder, 'node_modules/.bin/toolscript'), ['--version'], { cwd: folder });
  return stdout.trim();
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000).toLocaleString('en')} kB`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
