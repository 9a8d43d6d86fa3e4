/**
 * Builds the Go program of `native/` on Debian's package of starlark-go, once for each state of its text.
 * The binary lies in the user's cache folder, never in the repo.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where Debian puts the sources of Go packages. */
const GO_PATH = '/usr/share/gocode';
const SOURCES = join(import.meta.dirname, 'native');

/** What the oracle needs is not on this machine; the message says what to install. */
export class OracleMissing extends Error {}

/** The path of the built program. Throws {@link OracleMissing}. */
export function nativeOracle(): string {
  const version = goVersion();
  if (!existsSync(join(GO_PATH, 'src/go.starlark.net/starlark'))) throw missing('go.starlark.net');
  const folder = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'toolscript');
  const path = join(folder, `oracle-${digest(version)}`);
  if (!existsSync(path)) build(folder, path);
  return path;
}

function goVersion(): string {
  try {
    return execFileSync('go', ['version'], { encoding: 'utf8' });
  } catch {
    throw missing('the Go compiler');
  }
}

function missing(what: string): OracleMissing {
  return new OracleMissing(
    `oracle: ${what} is not here: install Debian's packages golang-go and golang-starlark-dev (bookworm: from backports)`,
  );
}

function digest(version: string): string {
  const hash = createHash('sha256').update(version);
  for (const name of readdirSync(SOURCES).sort()) hash.update(readFileSync(join(SOURCES, name)));
  return hash.digest('hex').slice(0, 16);
}

/** Under its name only when it is whole: others may build at the same time. */
function build(folder: string, path: string): void {
  mkdirSync(folder, { recursive: true });
  const unfinished = `${path}.${String(process.pid)}`;
  execFileSync('go', ['build', '-o', unfinished, '.'], {
    cwd: SOURCES,
    env: { ...process.env, GO111MODULE: 'off', GOPATH: GO_PATH },
    stdio: 'inherit',
  });
  renameSync(unfinished, path);
}
