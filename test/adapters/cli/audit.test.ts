import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { follow } from './memory-terminal.js';
import { commandLine, killAll, Running } from './running.js';

describe('toolscript audit', function () {
  this.timeout(60_000);
  let folder: string;
  let config: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-audit-cli-'));
    config = join(folder, 'toolscript.json');
    await writeFile(join(folder, 'ok.star'), 'return 1 + 1');
    await writeManifest({ file: 'audit.jsonl', key: 'sixteen characters at least' });
  });
  afterEach(killAll);
  after(() => rm(folder, { recursive: true, force: true }));

  async function writeManifest(settings: object): Promise<void> {
    const plugins = [{ use: 'toolscript/plugins/telemetry/audit', with: settings }];
    await writeFile(config, JSON.stringify({ codeMode: { enabled: true }, plugins }));
  }

  const run = () => follow(['run', join(folder, 'ok.star'), '-c', config]);
  const file = (): string => join(folder, 'audit.jsonl');

  it('verify tells that a trail is whole, and its last digest', async () => {
    expect(await run()).to.include({ code: 0 });
    expect(await run()).to.include({ code: 0 });
    process.env['AUDIT_TEST_KEY'] = 'sixteen characters at least';
    try {
      const { code, out } = await follow(['audit', 'verify', '--key-env', 'AUDIT_TEST_KEY', file()]);
      expect(code).to.equal(0);
      expect(out).to.match(/^6 records, \S+Z to \S+Z, whole\nlast line: [0-9a-f]{64}\n$/);
      const report = await follow(['audit', 'verify', '--json', '--key-env', 'AUDIT_TEST_KEY', file()]);
      expect(JSON.parse(report.out)).to.include({ records: 6, lost: 0, isFromStart: true });
    } finally {
      delete process.env['AUDIT_TEST_KEY'];
    }
  });

  it('verify tells where it is not, and fails', async () => {
    const { code, out } = await follow(['audit', 'verify', file()]);
    expect(code).to.equal(1);
    expect(out).to.contain(`${file()}:2: found a record that does not follow from the line before`);
    expect(out).to.contain('6 records').and.to.contain('not whole');
  });

  it('verify refuses files that are not there, and a key that is not set', async () => {
    const missing = await follow(['audit', 'verify', join(folder, 'none')]);
    expect([missing.code, missing.out]).to.deep.equal([2, '']);
    expect(missing.notes).to.contain('audit verify: ENOENT');
    const unset = await follow(['audit', 'verify', '--key-env', 'NO_SUCH_KEY_ANYWHERE', file()]);
    expect(unset.code).to.equal(2);
    expect(unset.notes).to.contain('--key-env: NO_SUCH_KEY_ANYWHERE is not set');
  });

  it('validate finds a folder that is not there, and makes no file', async () => {
    await writeManifest({ file: 'no/such/audit.jsonl', fsync: 'sometimes' });
    const schema = await follow(['validate', config]);
    expect(schema.notes).to.contain('plugins[0].with.fsync: wanted one of always, interval, never');
    await writeManifest({ file: 'no/such/audit.jsonl' });
    const { code, notes } = await follow(['validate', config]);
    expect(code).to.equal(2);
    expect(notes).to.contain('its folder is not there');
    await writeManifest({ file: 'other.jsonl' });
    expect(await follow(['validate', config])).to.include({ code: 0 });
    expect(await readdir(folder)).not.to.include('other.jsonl');
  });

  it('is said on the error output when the trail cannot be written, while scripts run', async () => {
    await writeManifest({ file: 'other.jsonl' });
    await writeFile(join(folder, 'other.jsonl'), 'my diary\n');
    const { code, out, notes } = await run();
    expect([code, out]).to.deep.equal([0, '2\n']);
    expect(notes).to.contain('warning: sink "audit" fails: the file holds something else than audit records');
    expect(notes).to.contain('warning: sink "audit" lost 3 events');
    await writeManifest({ file: 'other.jsonl', required: true });
    const required = await run();
    expect(required.code).to.equal(2);
    expect(required.notes).to.contain('the file holds something else than audit records');
  });

  it('goes on through a reload of the gateway, in one chain', async () => {
    await writeManifest({ file: 'served.jsonl' });
    const served = new Running(commandLine('serve', '-c', config), folder);
    await served.said(/serving on/);
    await writeManifest({ file: 'served.jsonl', argumentHash: false });
    served.child.kill('SIGHUP');
    await served.said(/reloaded/);
    served.child.stdin.end();
    expect(await served.ended).to.equal(0);
    const path = join(folder, 'served.jsonl');
    const kinds = (await readFile(path, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { kind: string }).kind);
    expect(kinds).to.deep.equal(['opened', 'closed']);
    expect(await follow(['audit', 'verify', path])).to.include({ code: 0 });
    expect(await readdir(folder)).not.to.include('served.jsonl.lock');
  });
});
