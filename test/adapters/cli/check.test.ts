import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { fixture } from '../../support/backends/index.js';
import { follow } from './memory-terminal.js';

describe('toolscript check', () => {
  const started = process.cwd();
  before(async () => process.chdir(await mkdtemp(join(tmpdir(), 'toolscript-check-'))));
  after(async () => {
    const folder = process.cwd();
    process.chdir(started);
    await rm(folder, { recursive: true, force: true });
  });

  it('says that there is nothing to say', async () => {
    await writeFile('good.star', 'print("never")\nreturn [n for n in range(3)]');
    expect(await follow(['check', 'good.star'])).to.deep.equal({
      code: 0,
      out: '',
      notes: '1 script, no faults\n',
    });
  });

  it('tells every fault of every file with its place, its line and a hint', async () => {
    await writeFile('one.star', 'x = lenn([1])\nreturn x + yy');
    await writeFile('two.star', 'return len(a=2)');
    const { code, out, notes } = await follow(['check', 'one.star', 'good.star', 'two.star']);
    expect([code, notes]).to.deep.equal([1, '3 scripts, 4 faults in 2 of them\n']);
    expect(out).to.equal(
      [
        'one.star:1:5: script/name: unknown name lenn (did you mean len?)',
        '    1 | x = lenn([1])',
        '      |     ^',
        '',
        'one.star:2:12: script/name: unknown name yy',
        '    2 | return x + yy',
        '      |            ^',
        '',
        'two.star:1:8: script/name: len: missing argument for x',
        '    1 | return len(a=2)',
        '      |        ^',
        '',
        'two.star:1:12: script/name: len: unexpected keyword arguments',
        '    1 | return len(a=2)',
        '      |            ^',
        'hint: len(x) takes its arguments by position',
        '',
      ].join('\n'),
    );
  });

  it('says the same as a run', async () => {
    const { out } = await follow(['check', 'one.star']);
    expect((await follow(['run', 'one.star'])).notes).to.equal(out);
  });

  it('knows the tools of a manifest and calls none', async () => {
    const tools = [
      { name: 'echo', inputSchema: { type: 'object', properties: { text: {} }, required: ['text'] } },
    ];
    await writeFile('tools.json', JSON.stringify({ mcpServers: { f: fixture({ tools }) } }));
    const check = (script: string) => follow(['check', '-', '-c', 'tools.json'], script);
    expect((await check('return echo(text="x")')).code).to.equal(0);
    const { code, out } = await check('echo(txt="x")\ncall_tool("ecko")');
    expect(code).to.equal(1);
    expect(out).to.match(/^<stdin>:1:\d+: tool\/arguments: .*\n[^]*\n<stdin>:2:\d+: tool\/unknown: /);
    expect((await follow(['check', '-'], 'return echo(text="x")')).out).to.contain('unknown name echo');
  });

  it('knows the names of the data', async () => {
    expect((await follow(['check', '-'], 'return n + 1')).code).to.equal(1);
    expect((await follow(['check', '-', '--data', '{"n": 1}'], 'return n + 1')).code).to.equal(0);
    const { code, out } = await follow(['check', '-', '--data', '{"len": 1}'], 'return 1');
    expect([code, out]).to.deep.equal([
      1,
      [
        '<stdin>: script/name: read data: the key "len" is a name of the language',
        'hint: each key of data is a variable of the script: rename it, or put it inside another key',
        '',
      ].join('\n'),
    ]);
  });

  it('tells the faults as JSON, also when there are none', async () => {
    const { code, out, notes } = await follow(['check', 'good.star', 'two.star', '--json']);
    expect([code, notes]).to.deep.equal([1, '']);
    const { ok, scripts } = JSON.parse(out) as { ok: boolean; scripts: { faults: object[] }[] };
    expect(ok).to.equal(false);
    expect(scripts[0]).to.deep.equal({ file: 'good.star', ok: true, checked: true, faults: [] });
    expect(scripts[1]).to.include({ file: 'two.star', ok: false });
    expect(scripts[1]!.faults).to.have.length(2);
    expect(scripts[1]!.faults[1]).to.deep.include({
      code: 'script/name',
      position: { line: 1, column: 12 },
      hint: 'len(x) takes its arguments by position',
    });
    expect(JSON.parse((await follow(['check', 'good.star', '--json'])).out)).to.include({ ok: true });
  });

  it('says what it could not read', async () => {
    await writeFile(
      'shout.mjs',
      `export default { name: 'shout', kind: 'runtime', create: () => ({
         name: 'shout', reservedNames: new Set(), guide: 'Shouts.', signature: () => '', run: () => undefined,
       }) };`,
    );
    const manifest = { plugins: [{ use: './shout.mjs' }], codeMode: { runtime: ['starlark', 'shout'] } };
    await writeFile('shout.json', JSON.stringify(manifest));
    const args = ['check', '-', '-c', 'shout.json', '--language', 'shout'];
    expect(await follow(args, 'x')).to.deep.equal({
      code: 0,
      out: '',
      notes:
        'warning: <stdin>: not read, since its runtime tells nothing before it runs\n1 script, no faults\n',
    });
    expect(JSON.parse((await follow([...args, '--json'], 'x')).out)).to.have.nested.property(
      'scripts[0].checked',
      false,
    );
  });

  it('takes scripts of several languages at once, without a manifest', async () => {
    await writeFile('job.js', 'return 1');
    expect((await follow(['check', 'job.js', 'two.star'])).out).to.match(/^two\.star:1:8/);
  });

  for (const [args, message] of [
    [['check'], "error: missing required argument 'scripts'"],
    [['check', 'gone.star'], 'error: read the script gone.star: there is no such file'],
    [['check', 'good.star', '-c', 'gone.json'], 'gone.json: found no such file'],
  ] as const) {
    it(`refuses: toolscript ${args.join(' ')}`, async () => {
      const { code, out, notes } = await follow(args);
      expect([code, out]).to.deep.equal([2, '']);
      expect(notes).to.contain(message);
    });
  }
});
