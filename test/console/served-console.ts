/** `toolscript serve --http --console` over real MCP servers, as a person starts it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A gateway with its console. */
export interface ServedConsole {
  /** With the token. */
  readonly console: string;
  /** Where MCP clients come in. */
  readonly mcp: string;
  /** A file that the servers may read. */
  readonly note: string;
  close(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = join(root, 'node_modules/@modelcontextprotocol');

/** Starts it over the servers "everything" and "filesystem", with a folder of its own. */
export async function serveConsole(): Promise<ServedConsole> {
  const folder = await mkdtemp(join(tmpdir(), 'toolscript-console-'));
  const files = join(folder, 'files');
  await mkdir(files);
  const note = join(files, 'note.txt');
  await writeFile(note, 'two words\n');
  const manifest = join(folder, 'toolscript.json');
  await writeFile(manifest, JSON.stringify(manifestOver(files)));
  const args = ['adapters/cli/main.ts', 'serve', '--config', manifest, '--http', '--port', '0', '--console'];
  const child = spawn(process.execPath, ['--import', 'tsx', ...args], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const close = async (): Promise<void> => {
    if (child.exitCode === null && child.kill('SIGTERM')) await once(child, 'exit');
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { ...(await addresses(child)), note, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function manifestOver(files: string): unknown {
  return {
    mcpServers: {
      everything: {
        command: process.execPath,
        args: [join(packages, 'server-everything/dist/index.js'), 'stdio'],
      },
      files: { command: process.execPath, args: [join(packages, 'server-filesystem/dist/index.js'), files] },
    },
    codeMode: { enabled: true },
  };
}

/** What it says of where it is. */
async function addresses(child: ChildProcess): Promise<{ console: string; mcp: string }> {
  const said: string[] = [];
  if (child.stderr === null) throw new Error('serve: it says nothing');
  const lines = createInterface({ input: child.stderr });
  for await (const line of lines) {
    said.push(line);
    const page = /console on (\S+)/.exec(said.join('\n'))?.[1];
    const mcp = /serving on ([^\s:]+:\/\/[^\s]+?):? /.exec(said.join('\n'))?.[1];
    if (page !== undefined && mcp !== undefined) {
      child.stderr.resume();
      return { console: page, mcp };
    }
  }
  throw new Error(`serve: it ended before it served: ${said.join(' | ')}`);
}
