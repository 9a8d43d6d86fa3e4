/** Where the command runs scripts, and what is left of the processes for them when it ends. */
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect } from 'chai';

import { gone, isAlive } from '../../plugins/dispatchers/mcp/calling.js';
import { commandLine, killAll, Running } from './running.js';

/** A language of one sentence, which says where it is spoken. */
const SPOT = `export default {
  name: 'spot',
  kind: 'runtime',
  create: () => ({
    name: 'spot',
    reservedNames: new Set(),
    guide: 'Says where it runs.',
    signature: ({ scriptName }) => scriptName,
    run: async () => ({ ok: true, value: process.pid, text: String(process.pid) }),
  }),
};`;

describe('where the command runs scripts', function () {
  this.timeout(60_000);
  let folder: string;
  const clients: Client[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-isolation-'));
    await writeFile(join(folder, 'spot.mjs'), SPOT);
  });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close().catch(() => undefined)));
    killAll();
    await rm(folder, { recursive: true, force: true });
  });

  /** Replaces the manifest in one step. */
  async function write(codeMode: object = {}): Promise<void> {
    const manifest = {
      codeMode: { enabled: true, runtime: 'spot', ...codeMode },
      plugins: [{ use: './spot.mjs' }],
    };
    await writeFile(join(folder, 'next.json'), JSON.stringify(manifest));
    await rename(join(folder, 'next.json'), join(folder, 'toolscript.json'));
  }

  /** A gateway, and where its next script runs. */
  async function serve(): Promise<{ pid: number; spot: () => Promise<number>; said: () => string }> {
    const { command, args, env } = commandLine('serve');
    const transport = new StdioClientTransport({ command, args, env, cwd: folder, stderr: 'pipe' });
    let notes = '';
    transport.stderr!.on('data', (data: Buffer) => (notes += data.toString()));
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(transport);
    clients.push(client);
    const spot = async (): Promise<number> => {
      const { structuredContent } = await client.callTool({
        name: 'execute_tool_script',
        arguments: { script: 'where' },
      });
      return (structuredContent as { result: number }).result;
    };
    return { pid: transport.pid!, spot, said: () => notes };
  }

  const becomes = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  it('is another process than that which serves, without a word about it', async () => {
    await write();
    const { pid, spot } = await serve();
    const first = await spot();
    expect(first).not.to.equal(pid);
    expect(isAlive(first)).to.equal(true);
  });

  it('is the process that serves where the manifest says so', async () => {
    await write({ isolation: 'none' });
    const { pid, spot } = await serve();
    expect(await spot()).to.equal(pid);
  });

  it('is that of run, which has others where the manifest says so', async () => {
    await writeFile(join(folder, 'where.txt'), 'where');
    for (const [codeMode, isHere] of [
      [{}, true],
      [{ isolation: 'process' }, false],
    ] as const) {
      await write(codeMode);
      const run = new Running(commandLine('run', 'where.txt'), folder);
      expect(await run.ended, run.notes).to.equal(0);
      expect(Number(run.out) === run.child.pid, run.out).to.equal(isHere);
      if (!isHere) await gone(Number(run.out));
    }
  });

  it('stays the same over a reload, until the manifest wants another', async () => {
    await write({ isolation: { processes: 1 } });
    const { spot, said } = await serve();
    const first = await spot();
    await write({ isolation: { processes: 1 }, limits: { steps: 5_000 } });
    await becomes(() => said().includes('reloaded'));
    expect(await spot()).to.equal(first);
    await write({ isolation: { processes: 1, scriptsAtOnce: 1 } });
    await becomes(() => said().split('reloaded').length === 3);
    expect(await spot()).not.to.equal(first);
    await gone(first);
  });

  it('is left by nobody when the client goes', async () => {
    await write();
    const { pid, spot } = await serve();
    const where = await spot();
    await clients.pop()!.close();
    await Promise.all([gone(pid), gone(where)]);
  });

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGKILL'] as const) {
    it(`is left by nobody after ${signal}`, async () => {
      await write();
      const { pid, spot } = await serve();
      const where = await spot();
      process.kill(pid, signal);
      await Promise.all([gone(pid), gone(where)]);
    });
  }
});
