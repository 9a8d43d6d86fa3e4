import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { fixture } from '../../support/backends/index.js';
import { follow } from './memory-terminal.js';
import { commandLine, killAll, Running } from './running.js';

/** Says when a script has begun. */
const SINK = `export default { name: 'crier', kind: 'sink', create: () => ({
  record({ name }) { if (name === 'script.started') process.stderr.write('it has begun\\n'); },
}) };`;

describe('toolscript run --watch', function () {
  this.timeout(60_000);
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'toolscript-rerun-'))));
  afterEach(async () => {
    killAll();
    await rm(folder, { recursive: true, force: true });
  });

  const write = (name: string, content: string): Promise<void> => writeFile(join(folder, name), content);
  const watch = (...args: string[]): Running =>
    new Running(commandLine('run', 'job.star', '--watch', ...args), folder);

  async function ended(running: Running): Promise<void> {
    running.child.kill('SIGINT');
    expect(await running.ended).to.equal(0);
  }

  it('runs again when the script or its data changes, over servers that stay up', async () => {
    const mcpServers = { f: fixture({ tools: ['pid'] }) };
    await write('toolscript.json', JSON.stringify({ mcpServers }));
    await write('data.json', '{"n": 1}');
    await write('job.star', 'return f"one {n} {pid()}"');
    const running = watch('--data', 'data.json');
    const [, first] = await running.wrote(/^one 1 (\S.*)\n/);
    await write('job.star', 'return f"two {n} {pid()}"');
    const [, second] = await running.wrote(/^two 1 (\S.*)\n/m);
    await write('data.json', '{"n": 2}');
    const [, third] = await running.wrote(/^two 2 (\S.*)\n/m);
    expect([second, third]).to.deep.equal([first, first]);
    expect(running.notes.match(/^── run .*$/gm)).to.deep.equal([
      '── run 1: until Ctrl-C, again after each change ──',
      '── run 2: job.star changed ──',
      '── run 3: data.json changed ──',
    ]);
    await ended(running);
  });

  it('takes up an edited manifest, and keeps what is in use when it is at fault', async () => {
    await write('toolscript.json', '{}');
    await write('job.star', 'return len(tools.search("pid"))');
    const running = watch();
    await running.wrote(/^0\n/);
    await write('toolscript.json', '{"mcpServers": 7}');
    await running.said(/not reloaded: what was in use stays in use/);
    await write('toolscript.json', JSON.stringify({ mcpServers: { f: fixture({ tools: ['pid'] }) } }));
    await running.wrote(/^0\n1\n/);
    expect(running.notes).to.contain('reloaded: added f').and.to.contain('── run 2: the manifest changed ──');
    await ended(running);
  });

  it('goes on after faults of the script and of its files, and cancels what is under way', async () => {
    await write('crier.mjs', SINK);
    await write('toolscript.json', '{"plugins": [{"use": "./crier.mjs"}]}');
    await write('job.star', 'return 1 +');
    const running = watch('--limit', 'steps=1000000000000');
    await running.said(/job\.star:1:\d+: script\/syntax/);
    await rm(join(folder, 'job.star'));
    await running.said(/error: read the script job\.star: there is no such file/);
    await write('job.star', 'print("begun")\nwhile True: pass');
    await running.said(/── run 3.*\n(.*\n)*it has begun/);
    await write('job.star', 'return "done"');
    await running.wrote(/^done\n/);
    expect(running.notes).to.contain('job.star: cancelled: ');
    await ended(running);
  });

  it('ends with the signal in the midst of a run', async () => {
    await write('crier.mjs', SINK);
    await write('toolscript.json', '{"plugins": [{"use": "./crier.mjs"}]}');
    await write('job.star', 'while True: pass');
    const running = watch('--limit', 'steps=1000000000000');
    await running.said(/it has begun/);
    await ended(running);
  });

  it('wants a file', async () => {
    expect(await follow(['run', '-', '--watch'], 'return 1')).to.deep.equal({
      code: 2,
      out: '',
      notes: 'error: --watch: found standard input, wanted a file\n',
    });
  });
});
