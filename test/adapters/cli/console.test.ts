/** The console as the command opens it, and a run as a file, in front of real servers. */
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import type { ConsoleState, RunRecord, StartedRun } from '../../../adapters/console/api.js';
import { fixture } from '../../support/backends/index.js';
import { buildPage } from '../../support/built-page.js';
import { commandLine, killAll, Running } from './running.js';

const SCRIPT = 'print("</script>")\nreturn pid() > 0';

describe('the console of the command', function () {
  this.timeout(60_000);
  let folder: string;

  before(() => buildPage());
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-console-'));
    await write({ one: { ...fixture({ tools: ['pid'] }) } });
  });
  afterEach(async () => {
    killAll();
    await rm(folder, { recursive: true, force: true });
  });

  async function write(mcpServers: object): Promise<void> {
    const manifest = { mcpServers, codeMode: { enabled: true }, stdio: { caller: { id: 'operator' } } };
    await writeFile(join(folder, 'next.json'), JSON.stringify(manifest));
    await rename(join(folder, 'next.json'), join(folder, 'toolscript.json'));
  }

  /** What stands under `api/` of a console that says where it is. */
  async function opened(served: Running): Promise<(path: string, init?: RequestInit) => Promise<Response>> {
    const [, address, token] = await served.said(/console on (http:\/\/127\.0\.0\.1:\d+\/)#token=([\w-]+)/);
    const headers = { authorization: `Bearer ${token!}`, 'content-type': 'application/json' };
    return (path, init) => fetch(`${address!}api/${path}`, { headers, ...init });
  }

  async function ranBy(ask: (path: string, init?: RequestInit) => Promise<Response>): Promise<RunRecord> {
    const started = await ask('runs', { method: 'POST', body: JSON.stringify({ script: SCRIPT }) });
    const { id } = (await started.json()) as StartedRun;
    for (;;) {
      const answered = await ask(`runs/${id}`);
      const run = (answered.status === 200 ? await answered.json() : { state: 'running' }) as RunRecord;
      if (run.state !== 'running') return run;
    }
  }

  for (const door of [['--http', '--port', '0'], ['--stdio']]) {
    it(`shows its own scripts as its operator runs them, with ${door[0]!}, also after the manifest was edited`, async () => {
      const served = new Running(commandLine('serve', ...door, '--console'), folder);
      const ask = await opened(served);
      await served.said(/serving on/);
      expect(await ranBy(ask)).to.deep.include({
        from: 'console',
        caller: 'operator',
        code: 'ok',
        result: 'true',
        logs: ['</script>'],
      });
      await write({ one: { ...fixture({ tools: ['pid'] }) }, two: { ...fixture({ tools: ['echo'] }) } });
      await served.said(/reloaded:/);
      const state = (await (await ask('state')).json()) as ConsoleState;
      expect(state.backends.map(({ name, state }) => `${name} ${state}`)).to.deep.equal(['one up', 'two up']);
      expect(await ranBy(ask)).to.include({ code: 'ok' });
      expect(await (await ask('runs')).json()).to.have.length(2);
      served.child.kill('SIGTERM');
      expect(await served.ended).to.equal(0);
    });
  }

  it('is not there unless it is asked for', async () => {
    const served = new Running(commandLine('serve', '--http', '--port', '0'), folder);
    await served.said(/serving on/);
    expect(served.notes).not.to.include('console');
  });

  it('writes a run as a page that holds it whole', async () => {
    await writeFile(join(folder, 'job.star'), SCRIPT);
    const run = new Running(commandLine('run', 'job.star', '--trace', 'run.html'), folder);
    expect(await run.ended).to.equal(0);
    expect(run.out.trim()).to.equal('true');
    const html = await readFile(join(folder, 'run.html'), 'utf8');
    const [, json] = /<script type="application\/json" id="run">([\s\S]*?)<\/script>/.exec(html)!;
    const record = JSON.parse(json!) as RunRecord;
    expect(record).to.deep.include({ from: 'cli', script: SCRIPT, code: 'ok', logs: ['</script>'] });
    expect(record.calls[0]).to.deep.include({
      tool: 'pid',
      position: { line: 2, column: 11 },
      state: 'succeeded',
    });
  });

  it('says where a page cannot be written, with the result all the same', async () => {
    await writeFile(join(folder, 'job.star'), 'return 1');
    const run = new Running(commandLine('run', 'job.star', '--trace', 'no/such/folder.html'), folder);
    expect(await run.ended).to.equal(2);
    expect(run.out.trim()).to.equal('1');
    expect(run.notes).to.include('--trace: found no/such/folder.html, which cannot be written (ENOENT)');
  });
});
