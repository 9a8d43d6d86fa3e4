/**
 * The official programs that judge, in a folder of their own outside the repository: they need a newer Node
 * than we do, and bring a tree of packages that nothing else here needs.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Pinned: a verdict is only worth something beside the version of the judge. */
const PACKAGES = {
  node22: 'npm:node@22.23.3',
  '@modelcontextprotocol/conformance': '0.2.0-alpha.12',
  '@modelcontextprotocol/inspector': '2.12.0',
};

/** Where the judges are; `TOOLSCRIPT_JUDGES` names another folder. */
const FOLDER = process.env['TOOLSCRIPT_JUDGES'] ?? join(homedir(), '.cache', 'toolscript', 'mcp-judges');

/** What a program said, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** The judges, installed. */
export interface Toolchain {
  /** The program of Node 22. */
  readonly node22: string;
  conformance(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended>;
  inspector(args: readonly string[]): Promise<Ended>;
}

/** Installs what is not there yet; takes the network once. */
export async function toolchain(): Promise<Toolchain> {
  const node = join(FOLDER, 'node_modules', 'node22', 'bin', 'node');
  const program = (name: string, file: string): string => join(FOLDER, 'node_modules', name, file);
  const conformance = program('@modelcontextprotocol/conformance', 'dist/index.js');
  const inspector = join(FOLDER, 'node_modules', '.bin', 'mcp-inspector');
  if (!existsSync(node) || !existsSync(conformance)) await install();
  return {
    node22: node,
    conformance: (args, env = {}) => run(node, [conformance, ...args], env),
    inspector: (args) => run(node, [inspector, ...args], {}),
  };
}

async function install(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  await writeFile(join(FOLDER, 'package.json'), JSON.stringify({ private: true, dependencies: PACKAGES }));
  const { code, errors } = await run('npm', ['install', '--no-audit', '--no-fund', '--prefix', FOLDER], {});
  if (code !== 0) throw new Error(`install the judges: npm ended with ${String(code)}\n${errors}`);
}

function run(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    let errors = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output, errors }));
  });
}
