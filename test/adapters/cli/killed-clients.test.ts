/** Clients that are killed, as processes: nothing of theirs goes on, and nobody else notices. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { puppetHttp, type PuppetHttp } from '../../support/backends/puppet-http.js';
import { gone } from '../../plugins/dispatchers/mcp/calling.js';
import { commandLine, killAll, Running } from './running.js';

const CLIENT = fileURLToPath(new URL('../../support/client-process.mjs', import.meta.url));
/** Goes on for as long as it may: what ends a script passes through `attempt`. */
const SCRIPT = 'for n in range(3):\n    attempt(hang)\n    attempt(echo)\n';
const CALL = { tool: 'execute_tool_script', arguments: { script: SCRIPT } };

describe('a client process that is killed in the middle of a script', function () {
  this.timeout(180_000);
  let folder: string;
  let server: PuppetHttp;
  let config: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-killed-'));
    server = await puppetHttp('2025-11-25');
    config = join(folder, 'toolscript.json');
    const manifest = {
      mcpServers: { web: { url: server.url } },
      http: { port: 0 },
      codeMode: { enabled: true },
    };
    await writeFile(config, JSON.stringify(manifest));
  });

  afterEach(async () => {
    killAll();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  function client(reached: object, era: string): Running {
    const args = [CLIENT, JSON.stringify({ ...reached, era, ...CALL })];
    return new Running(
      { command: process.execPath, args, env: process.env as Record<string, string> },
      folder,
    );
  }

  const called = (): unknown[] =>
    server.asked.filter(({ method }) => method === 'tools/call').map(({ params }) => params?.name);
  const becomes = async (isSo: () => boolean): Promise<void> => {
    while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 5));
  };

  for (const era of ['2025-11-25', '2026-07-28']) {
    it(`leaves nothing behind over HTTP, ${era}: the servers hear of it, and others are served`, async () => {
      const gateway = new Running(commandLine('serve', '--http', '-c', config), folder);
      const [, url] = await gateway.said(/serving on (\S+): /);
      const killed = client({ url }, era);
      await killed.wrote(new RegExp(`connected ${era === '2026-07-28' ? 'modern' : 'legacy'}`));
      await becomes(() => called().length === 1);
      killed.child.kill('SIGKILL');
      await becomes(() => server.left.length === 1);
      const other = client({ url }, era);
      await becomes(() => called().length === 2);
      expect(called(), 'nothing starts afterwards').to.deep.equal(['hang', 'hang']);
      other.child.kill('SIGKILL');
      await becomes(() => server.left.length === 2);
      gateway.child.kill('SIGTERM');
      expect(await gateway.ended, gateway.notes).to.equal(0);
      expect(called()).to.deep.equal(['hang', 'hang']);
    });

    it(`ends the gateway that it had started over stdio, ${era}: the servers hear of it`, async () => {
      const killed = client(commandLine('serve', '-c', config), era);
      const [, pid] = await killed.wrote(/connected \w+ (\d+)/);
      await becomes(() => called().length === 1);
      killed.child.kill('SIGKILL');
      await becomes(() => server.left.length === 1);
      await gone(Number(pid));
      expect(called()).to.deep.equal(['hang']);
    });
  }
});
