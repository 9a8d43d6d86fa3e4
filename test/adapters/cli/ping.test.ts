import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { commandLine, killAll, Running } from './running.js';

let folder: string;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'toolscript-ping-'))));
after(() => rm(folder, { recursive: true, force: true }));
afterEach(killAll);

/** Follows the command in a process of its own: the ping asks its environment. */
async function follow(manifest: object, env: Record<string, string> = {}, ...args: string[]) {
  const path = join(folder, 'toolscript.json');
  await writeFile(path, JSON.stringify(manifest));
  const command = commandLine('ping', ...args, '-c', path);
  const inherited = Object.entries(command.env).filter(
    ([name]) => !/^(CI|DO_NOT_TRACK|TOOLSCRIPT_)/.test(name),
  );
  const own = { ...Object.fromEntries(inherited), XDG_STATE_HOME: folder, HOME: folder, ...env };
  const running = new Running({ ...command, env: own }, folder);
  return { code: await running.ended, out: running.out, notes: running.notes.split('\n') };
}

const PING = { use: 'toolscript/plugins/telemetry/ping', with: { url: 'https://example.org/in?a=1' } };

describe('toolscript ping', () => {
  it('shows what is sent, and sends, starts and keeps nothing', async () => {
    const mcpServers = { one: { command: 'no-such-program' }, two: { command: 'no-such-program' } };
    const { code, out, notes } = await follow(
      { mcpServers, codeMode: { enabled: true }, plugins: [PING] },
      {},
      '--dry-run',
    );
    expect(JSON.parse(out)).to.deep.include({
      codeMode: true,
      optimizer: false,
      backends: '2-5',
      idKept: true,
    });
    expect(notes).to.include.members([
      'POST /in?a=1 HTTP/1.1',
      'Host: example.org',
      `Content-Length: ${String(Buffer.byteLength(out))}`,
      'a gateway sends this to https://example.org, with what it has counted by then',
      'the id is drawn at the first ping; zeros stand in for it',
    ]);
    expect([code, await readdir(folder)]).to.deep.equal([0, ['toolscript.json']]);
  });

  it('says what forbids it', async () => {
    const { code, notes } = await follow({ plugins: [PING] }, { DO_NOT_TRACK: '1' }, '--dry-run');
    expect([code, notes]).to.deep.include(0);
    expect(notes).to.include('nothing is sent: DO_NOT_TRACK is set');
  });

  it('says where there is none', async () => {
    const off = { ...PING, enabled: false };
    for (const manifest of [{}, { plugins: [off] }]) {
      const { code, out, notes } = await follow(manifest, {}, '--dry-run');
      const none = 'nothing is sent: the manifest has no plugin toolscript/plugins/telemetry/ping';
      expect([code, out, notes]).to.deep.equal([0, '', [none, '']]);
    }
  });

  it('refuses an address that is none, and to send', async () => {
    const wrong = await follow(
      { plugins: [{ ...PING, with: { url: 'http://example.org' } }] },
      {},
      '--dry-run',
    );
    expect(wrong.code).to.equal(2);
    expect(wrong.notes.join()).to.contain('plugins[0].with.url: wanted https://, or http://');
    const sent = await follow({ plugins: [PING] });
    expect([sent.code, sent.notes[0]]).to.deep.equal([2, "error: required option '--dry-run' not specified"]);
  });
});
