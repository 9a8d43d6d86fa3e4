import { execFileSync } from 'node:child_process';
import { chmod, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect } from 'chai';

import { loadManifest } from '../../../../core/manifest/index.js';
import { follow } from '../memory-terminal.js';
import { NewUser } from '../new-user.js';

interface Written {
  $schema?: string;
  mcpServers: Record<string, Record<string, unknown>>;
  codeMode?: { enabled: boolean };
}

describe('toolscript import', () => {
  let user: NewUser;
  beforeEach(async () => (user = await NewUser.arrive()));
  afterEach(() => user.leave());

  const written = async (): Promise<Written> =>
    JSON.parse(await readFile('toolscript.json', 'utf8')) as Written;
  const servers = async (): Promise<Written['mcpServers']> => (await written()).mcpServers;
  /** Imports servers that Cursor has for its user. */
  const fromCursor = async (mcpServers: object, ...args: string[]) => {
    await user.has('home', '.cursor/mcp.json', { mcpServers });
    return follow(['import', ...args]);
  };

  it('finds what each client has, for the project and for the user', async () => {
    await user.has('project', '.mcp.json', { mcpServers: { a: { command: 'a' } } });
    await user.has('project', '.cursor/mcp.json', { mcpServers: { b: { command: 'b' } } });
    await user.has(
      'project',
      '.vscode/mcp.json',
      '{ /* ours */ "servers": { "c": { "type": "stdio", "command": "c" }, }, }',
    );
    await user.has('home', '.claude.json', {
      mcpServers: { d: { type: 'http', url: 'https://d.example/mcp' } },
      projects: {
        [user.project]: { mcpServers: { e: { command: 'e' } } },
        '/other': { mcpServers: { x: { command: 'x' } } },
      },
    });
    const data = process.platform === 'darwin' ? 'Library/Application Support' : '.config';
    await user.has('home', `${data}/Claude/claude_desktop_config.json`, {
      mcpServers: { f: { command: 'f' } },
    });
    await user.has('home', `${data}/Code/User/mcp.json`, {
      servers: { g: { type: 'sse', url: 'https://g.example/sse' } },
    });
    await user.has('home', '.codeium/windsurf/mcp_config.json', {
      mcpServers: { h: { serverUrl: 'https://h.example/mcp' } },
    });
    const { code, out, notes } = await follow(['import']);
    expect(code, notes).to.equal(0);
    expect(await servers()).to.deep.equal({
      a: { command: 'a' },
      b: { command: 'b' },
      c: { command: 'c' },
      e: { command: 'e' },
      d: { type: 'http', url: 'https://d.example/mcp' },
      f: { command: 'f' },
      g: { type: 'sse', url: 'https://g.example/sse' },
      h: { type: 'http', url: 'https://h.example/mcp' },
    });
    expect(out)
      .to.match(/added +a +Claude Code \(.*\.mcp\.json\)/)
      .and.include('left aside: 1 server of other projects in ~/.claude.json');
    expect(notes).to.match(/wrote .*toolscript\.json/);
    expect((await written()).codeMode).to.deep.equal({ enabled: true });
    await loadManifest('toolscript.json');
  });

  it('takes one file, of all projects', async () => {
    const file = await user.has('home', '.claude.json', {
      projects: { '/one': { mcpServers: { x: { command: './run' } } } },
    });
    expect((await follow(['import', file, '--all-projects'])).code).to.equal(0);
    expect(await servers()).to.deep.equal({ x: { command: './run', cwd: '/one' } });
  });

  it('leaves secrets as variables, and shows none of them', async () => {
    const result = await fromCursor({
      github: {
        command: 'docker',
        args: ['run', '-e', 'GH_TOKEN=word-1', 'image'],
        env: { GITHUB_TOKEN: 'word-2', LOG: 'debug' },
      },
      search: {
        url: 'https://s.example/mcp?key=word-3',
        headers: { Authorization: 'Bearer word-4', 'X-Team': 'core' },
      },
      files: {
        command: 'x',
        args: ['--api-key', 'word-5', '--dir', '/srv', '--header', 'X-Api-Key: word-6'],
        env: { API_KEY: 'word-7' },
      },
    });
    expect(await servers()).to.deep.equal({
      github: {
        command: 'docker',
        args: ['run', '-e', 'GH_TOKEN=${GH_TOKEN}', 'image'],
        env: { GITHUB_TOKEN: '${GITHUB_TOKEN}', LOG: 'debug' },
      },
      search: {
        type: 'http',
        url: 'https://s.example/mcp?key=${SEARCH_KEY}',
        headers: { Authorization: 'Bearer ${SEARCH_TOKEN}', 'X-Team': 'core' },
      },
      files: {
        command: 'x',
        args: [
          '--api-key',
          '${FILES_API_KEY_2}',
          '--dir',
          '/srv',
          '--header',
          'X-Api-Key: ${FILES_API_KEY_3}',
        ],
        env: { API_KEY: '${FILES_API_KEY}' },
      },
    });
    expect(result.code).to.equal(0);
    for (const name of ['GH_TOKEN', 'GITHUB_TOKEN', 'SEARCH_KEY', 'SEARCH_TOKEN', 'FILES_API_KEY'])
      expect(result.notes).to.match(new RegExp(`^  ${name} `, 'm'));
    const json = await follow(['import', '--dry-run', '--json', '--replace']);
    expect(result.out + result.notes + json.out + json.notes).not.to.match(/word-\d/);
  });

  it('gives one variable one value', async () => {
    await fromCursor({
      a: { command: 'a', env: { DB_SECRET: 'one' } },
      b: { command: 'b', env: { DB_SECRET: 'two' } },
      c: { command: 'c', env: { DB_SECRET: 'one' } },
      d: { command: 'd', env: { OTHER: '${env:LATER_SECRET}' } },
      e: { command: 'e', env: { LATER_SECRET: 'three' } },
    });
    const env = Object.values(await servers()).map((server) => server['env']);
    expect(env).to.deep.equal([
      { DB_SECRET: '${DB_SECRET}' },
      { DB_SECRET: '${B_DB_SECRET}' },
      { DB_SECRET: '${DB_SECRET}' },
      { OTHER: '${LATER_SECRET}' },
      { LATER_SECRET: '${E_LATER_SECRET}' },
    ]);
  });

  it('writes the secrets to a file of their own where that is wanted', async () => {
    const values = {
      A_TOKEN: 'it is $HOME `x` "y" \\',
      B_TOKEN: "it's",
      C_TOKEN: `'"`,
      D_TOKEN: 'plain-word',
    };
    await fromCursor({ x: { command: 'x', env: values } });
    await writeFile('secrets.env', "D_TOKEN='mine'");
    await chmod('secrets.env', 0o644);
    const { out, notes } = await follow(['import', '--secrets', 'secrets.env']);
    if (process.platform !== 'win32') expect((await stat('secrets.env')).mode & 0o777).to.equal(0o600);
    expect(out + notes).not.to.include('plain-word');
    expect(notes)
      .to.match(/^ {2}C_TOKEN /m)
      .and.not.to.match(/^ {2}[AB]_TOKEN /m);
    const print = 'printf "%s|%s|%s" "$A_TOKEN" "$B_TOKEN" "$D_TOKEN"';
    const read = execFileSync('sh', ['-c', `set -a; . ./secrets.env; ${print}`], { encoding: 'utf8' });
    const expected = `${values.A_TOKEN}|${values.B_TOKEN}|mine`;
    expect(read).to.equal(expected);
    const code =
      'const { A_TOKEN: a, B_TOKEN: b, D_TOKEN: d } = process.env; process.stdout.write([a, b, d].join("|"))';
    expect(
      execFileSync(process.execPath, ['--env-file=secrets.env', '-e', code], { encoding: 'utf8' }),
    ).to.equal(expected);
  });

  it('reads the variables of each client as that client does', async () => {
    const env = { PLAIN: '${HOME_PAGE}', WITH: '${PORT:-80}', EDITOR: '${env:HOME_PAGE}', NOW: '${file:/x}' };
    const block = { mcpServers: { s: { command: 's', env } } };
    const read = async (client: string): Promise<unknown> => {
      const file = await user.has('project', `${client}.json`, block);
      await follow(['import', file, '--client', client, '-c', `${client}.out.json`]);
      const text = await readFile(`${client}.out.json`, 'utf8');
      return (JSON.parse(text) as Written).mcpServers['s']!['env'];
    };
    const plain = {
      PLAIN: '$${HOME_PAGE}',
      WITH: '$${PORT:-80}',
      EDITOR: '$${env:HOME_PAGE}',
      NOW: '$${file:/x}',
    };
    expect(await read('claude')).to.deep.equal(plain);
    expect(await read('claude-code')).to.deep.equal({ ...plain, PLAIN: '${HOME_PAGE}', WITH: '${PORT:-80}' });
    expect(await read('cursor')).to.deep.equal({ ...plain, EDITOR: '${HOME_PAGE}' });
    expect(await read('windsurf')).to.deep.equal({ ...plain, EDITOR: '${HOME_PAGE}', NOW: '${NOW}' });
  });

  it('leaves to a program what the program itself puts in place', async () => {
    await fromCursor({
      r: {
        command: 'npx',
        args: ['mcp-remote', 'https://r.example', '--header', 'Authorization:${AUTH}'],
        env: { AUTH: 'Bearer word' },
      },
    });
    expect((await servers())['r']).to.deep.include({
      args: ['mcp-remote', 'https://r.example', '--header', 'Authorization:$${AUTH}'],
      env: { AUTH: '${R_AUTH}' },
    });
  });

  it('turns what VS Code asks its user into variables', async () => {
    const inputs = [
      { type: 'promptString', id: 'api-key', description: 'Key of the service', password: true },
      { type: 'promptString', id: 'region', default: 'eu' },
    ];
    const servers = {
      s: {
        type: 'stdio',
        command: 's',
        args: ['${workspaceFolder}/x'],
        env: { K: '${input:api-key}', R: '${input:region}' },
      },
    };
    await user.has('project', '.vscode/mcp.json', { inputs, servers });
    const { notes } = await follow(['import', '-c', join(user.home, 'all.json')]);
    const { mcpServers } = JSON.parse(await readFile(join(user.home, 'all.json'), 'utf8')) as Written;
    expect(mcpServers['s']).to.deep.equal({
      command: 's',
      args: [`${user.project}/x`],
      env: { K: '${API_KEY}', R: '${REGION:-eu}' },
      cwd: user.project,
    });
    expect(notes).to.include('API_KEY  s, env K: Key of the service');
  });

  it('takes a server once, and says which of two it took', async () => {
    await user.has('project', '.mcp.json', { mcpServers: { one: { command: 'x' }, two: { command: 'y' } } });
    const { code, out } = await fromCursor({ uno: { command: 'x' }, two: { command: 'z' } });
    expect(code).to.equal(1);
    expect(Object.keys(await servers())).to.deep.equal(['one', 'two']);
    expect(out).to.match(/left out +uno .*: is the same as one of Claude Code/);
    expect(out).to.match(/left out +two .*: is another one than that of Claude Code, which is taken over/);
  });

  it('leaves itself out', async () => {
    const { code, out } = await fromCursor({
      gateway: { command: 'toolscript', args: ['serve'] },
      npx: { command: 'npx', args: ['-y', 'toolscript@0.1.0', 'serve'] },
      node: { command: 'node', args: ['/opt/toolscript/dist/adapters/cli/main.js', 'serve'] },
      toolscript: { url: 'http://127.0.0.1:8080/mcp' },
      other: { command: 'x', args: ['/srv/toolscript-notes'] },
    });
    expect(code).to.equal(0);
    expect(Object.keys(await servers())).to.deep.equal(['other']);
    expect(out.match(/is toolscript itself/g)).to.have.length(4);
  });

  it('says what nobody does here that the client did', async () => {
    const { out } = await fromCursor({
      x: { command: 'x', envFile: '.env', strange: 1, autoApprove: ['a'], disabled: true },
    });
    expect(out)
      .to.include('envFile is not read here')
      .and.include('strange is left out')
      .and.not.include('autoApprove');
    expect((await servers())['x']).to.deep.equal({ command: 'x', disabled: true });
  });

  describe('into a manifest that is there', () => {
    const before = [
      '{',
      '    // what we serve',
      '    "mcpServers": {',
      '        "mine": { "command": "mine" }',
      '    },',
      '    "optimizer": { "enabled": true }, // many tools',
      '}',
      '',
    ].join('\n');

    it('adds to it, and keeps everything else', async () => {
      await writeFile('toolscript.json', before);
      const { code } = await fromCursor({ a: { command: 'a' }, mine: { command: 'mine' } });
      expect(code).to.equal(0);
      const text = await readFile('toolscript.json', 'utf8');
      expect(text).to.include('// what we serve').and.include('// many tools');
      expect(text).to.include('    "optimizer": { "enabled": true }').and.include('        "a": {');
      expect([...(await loadManifest('toolscript.json')).servers.keys()]).to.deep.equal(['mine', 'a']);
      const again = await follow(['import']);
      expect([again.code, await readFile('toolscript.json', 'utf8')]).to.deep.equal([0, text]);
      expect(again.out).to.match(/there already +a /);
    });

    it('says what clashes, and replaces it only when told', async () => {
      await writeFile('toolscript.json', before);
      const { code, out } = await fromCursor({ mine: { command: 'other' } });
      expect([code, await readFile('toolscript.json', 'utf8')]).to.deep.equal([1, before]);
      expect(out).to.match(/clash +mine .*--replace/);
      expect((await follow(['import', '--replace'])).code).to.equal(0);
      expect((await loadManifest('toolscript.json')).servers.get('mine')).to.deep.include({
        command: 'other',
      });
    });

    it('writes nothing in a dry run, and prints the manifest alone', async () => {
      await writeFile('toolscript.json', before);
      const { out, notes } = await fromCursor({ a: { command: 'a' } }, '--dry-run');
      expect(await readFile('toolscript.json', 'utf8')).to.equal(before);
      expect(out)
        .to.match(/^\{\n {4}\/\/ what we serve/)
        .and.include('"a"');
      expect(notes).to.include('nothing is written');
    });

    it('touches nothing that is no manifest', async () => {
      for (const text of ['{', '[]', '{"a": 1, "a": 2}']) {
        await writeFile('toolscript.json', text);
        expect((await fromCursor({ a: { command: 'a' } })).code).to.equal(2);
        expect(await readFile('toolscript.json', 'utf8')).to.equal(text);
      }
    });

    it('follows a link and keeps who may read it', async () => {
      await writeFile(join(user.home, 'real.json'), '{}');
      await chmod(join(user.home, 'real.json'), 0o640);
      await symlink(join(user.home, 'real.json'), 'toolscript.json');
      await fromCursor({ a: { command: 'a' } });
      expect(await readFile(join(user.home, 'real.json'), 'utf8')).to.include('"a"');
      if (process.platform !== 'win32') expect((await stat('toolscript.json')).mode & 0o777).to.equal(0o640);
    });
  });

  describe('hostile configurations', () => {
    it('cost their own servers only', async () => {
      const text = `{"mcpServers": {
        "__proto__": {"command": "a"}, "\\u001b[2J\\u202e": {"command": "b"}, "${'n'.repeat(200)}": {"command": "c"},
        "array": [], "null": null, "number": 3, "nothing": {}, "both": {"command": "a", "url": "https://x.example"},
        "ws": {"type": "ws", "url": "wss://x.example"}, "file": {"url": "file:///etc/passwd"},
        "args": {"command": "x", "args": [{"a": 1}]}, "open": {"command": "x", "args": ["\${", "$\${A}", "\${unended"]},
        "env": {"command": "x", "env": {"__proto__": "word-1", "constructor": "word-2"}}
      }, "projects": {"${user.project.replaceAll('\\', '\\\\')}": 7, "__proto__": {"mcpServers": 3}}, "inputs": {"a": 1}}`;
      const file = await user.has('home', '.claude.json', text);
      const { code, out, notes } = await follow(['import', file]);
      expect(code).to.equal(1);
      for (const mark of ['\u001b', '\u202e']) expect(out + notes).not.to.include(mark);
      expect(out + notes).not.to.include('word-');
      await loadManifest('toolscript.json', {
        env: { ENV_PROTO: 'x', CONSTRUCTOR: 'x', PROTO: 'x', A: 'x' },
      });
      expect(Object.keys(await servers()))
        .to.include.members(['open', 'both'])
        .and.not.include('nothing');
      expect(({} as Record<string, unknown>)['command']).to.equal(undefined);
    });

    it('that cannot be read are told of, and the others are taken', async () => {
      await user.has('project', '.mcp.json', '{"mcpServers": ');
      await user.has('project', '.vscode/mcp.json', '['.repeat(100_000));
      await user.has('project', '.cursor/mcp.json/folder', '');
      const { code, notes } = await fromCursor({ a: { command: 'a' } });
      expect(code).to.equal(1);
      expect(Object.keys(await servers())).to.deep.equal(['a']);
      expect(notes.match(/^warning: read /gm)).to.have.length(3);
    });

    it('are refused as a whole when they are named', async () => {
      const file = await user.has('project', 'x.json', '{"mcpServers": ');
      expect((await follow(['import', file])).code).to.equal(2);
      expect((await follow(['import', 'none.json'])).notes).to.match(
        /^error: read .*none\.json: there is no such file$/m,
      );
      expect((await follow(['import', user.home])).notes).to.match(
        /^error: read .*: found no ordinary file$/m,
      );
    });
  });

  it('says where it looked when there is nothing', async () => {
    const { code, notes } = await follow(['import']);
    expect(code).to.equal(2);
    expect(notes).to.include('found no configuration').and.include('~/.cursor/mcp.json');
  });
});
