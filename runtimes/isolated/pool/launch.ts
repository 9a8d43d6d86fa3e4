/**
 * Starts a child with as little as Node lets it have: no environment, no folder, no terminal, a bounded heap,
 * and, from the built package, the permission model.
 *
 * From the source, as in a checkout, the child runs as this process does: what compiles it needs files and
 * threads.
 */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { Duplex, Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import type { Isolation } from '../isolation.js';
import type { RuntimeSource } from '../runtime-source.js';

const MIB = 1024 * 1024;
/** What a process takes besides its heap, about. */
const BESIDE_HEAP_MIB = 80;

/** A child, at its beginning. */
export interface Launched {
  readonly child: ChildProcess;
  /** File descriptor 3. */
  readonly wire: Duplex;
  readonly stderr: Readable;
}

/** Starts a child. Throws where the system gives no process, or no pipe to it. */
export function launch(source: RuntimeSource, { memoryBytes }: Isolation): Launched {
  const isSource = import.meta.url.endsWith('.ts');
  const file = fileURLToPath(
    isSource ? new URL('../child/main.ts', import.meta.url) : import.meta.resolve(PROGRAM),
  );
  const heapMib = Math.floor(memoryBytes / MIB) - BESIDE_HEAP_MIB;
  const flags = [
    `--max-old-space-size=${String(heapMib)}`,
    '--max-semi-space-size=8',
    '--disable-proto=delete',
  ];
  const rights = isSource
    ? process.execArgv
    : permissionFlags(file, modulePath(source), source.addons === true);
  const child: ChildProcess = spawn(process.execPath, [...rights, ...flags, file], {
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
    ...(isSource ? { env: compilerSettings() } : { env: {}, cwd: parse(file).root }),
    windowsHide: true,
  });
  return piped(child);
}

/** Where there are no more file descriptors, a child comes without pipes, and tells so later. */
function piped(child: ChildProcess): Launched {
  child.on('error', () => undefined);
  const [, , stderr, wire] = (child.stdio as ChildProcess['stdio'] | undefined) ?? [];
  if (!(stderr instanceof Readable) || !(wire instanceof Duplex)) throw new Error('no pipe to it');
  return { child, stderr, wire };
}

const PROGRAM = 'toolscript/runtimes/isolated/child';

/** The compiler looks for its settings in the working folder otherwise. */
function compilerSettings(): NodeJS.ProcessEnv {
  return { TSX_TSCONFIG_PATH: fileURLToPath(new URL('../../../tsconfig.json', import.meta.url)) };
}

function modulePath({ module }: RuntimeSource): string {
  const url = module.startsWith('file:') ? module : import.meta.resolve(module);
  return fileURLToPath(url);
}

/** Reading is allowed where the modules lie, and where the packages are that they may import. */
function permissionFlags(program: string, runtime: string, addons: boolean): string[] {
  const known = process.allowedNodeEnvironmentFlags;
  const permission = ['--permission', '--experimental-permission'].find((flag) => known.has(flag));
  const native = addons ? '--allow-addons' : '--no-addons';
  if (permission === undefined) return addons ? [] : [native];
  const readable = [
    join(dirname(program), '../../../*'),
    ...[join(dirname(runtime), '*'), ...packagesAbove(program), ...packagesAbove(runtime)],
  ];
  return [
    permission,
    '--no-warnings',
    ...[...new Set(readable)].map((path) => `--allow-fs-read=${path}`),
    native,
  ];
}

/** What Node reads of the folders above a module to find a package: by the name given, and by the true one. */
function packagesAbove(file: string): string[] {
  return foldersAbove(file).flatMap((folder) => {
    const packages = join(folder, 'node_modules');
    const found = existsSync(packages) ? [packages, realpathSync(packages)] : [];
    return [join(folder, 'package.json'), ...found.map((path) => join(path, '*'))];
  });
}

/** But for the root: a file that may be read there lets Node list all that lies there. */
function foldersAbove(file: string): string[] {
  const folder = dirname(file);
  return folder === parse(folder).root ? [] : [folder, ...foldersAbove(folder)];
}
