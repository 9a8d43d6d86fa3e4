import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { EXIT_CODE_HELP, EXIT_CODES } from '../../../adapters/cli/exit-code.js';
import { everything, filesystem, fixture } from '../../support/backends/index.js';
import { follow } from './memory-terminal.js';

let folder: string;
before(async () => (folder = await mkdtemp(join(tmpdir(), 'toolscript-cli-'))));
after(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | object): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('the command line', () => {
  it('shows its help, with every exit code', async () => {
    const { code, out, notes } = await follow(['--help']);
    expect([code, notes]).to.deep.equal([0, '']);
    for (const command of ['serve', 'run', 'tools', 'validate']) expect(out).to.contain(`\n  ${command} `);
    expect(out).to.contain(EXIT_CODE_HELP);
    for (const number of Object.values(EXIT_CODES))
      expect(EXIT_CODE_HELP).to.match(new RegExp(`^ +${number}  `, 'm'));
  });

  it('says its version', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(await follow(['--version'])).to.deep.equal({ code: 0, out: `${version}\n`, notes: '' });
  });

  const misuse: readonly (readonly [string[], string])[] = [
    [['serv'], "error: unknown command 'serv'\n(Did you mean serve?)"],
    [['run'], "error: missing required argument 'script'"],
    [['run', 'a.star', '--jsn'], "error: unknown option '--jsn'\n(Did you mean --json?)"],
    [['run', '-', '--limit', 'step=1'], 'error: --limit step: found an unknown limit, wanted steps'],
    [['run', '-', '--limit', 'steps'], 'error: --limit steps: found no value, wanted name=value'],
    [
      ['run', '-', '--limit', 'steps=many'],
      'error: --limit steps: found no whole number, wanted 1 to 1000000000000000',
    ],
    [['run', '-', '--limit', 'callDepth=1_001'], 'error: --limit callDepth: found 1001, wanted 1 to 1000'],
    [
      ['run', '-', '--limit', '__proto__=1'],
      'error: --limit __proto__: found an unknown limit, wanted one of steps,',
    ],
    [
      ['run', '-', '--timeout', '30'],
      'error: --timeout: wanted a time with its unit, such as 500ms, 30s or 2m',
    ],
    [['run', '-', '--data', '{"a": }'], 'error: --data: line 1, column 7: found "}", wanted a value of JSON'],
    [['run', '-', '--data', '/no/such'], 'error: read the data /no/such: there is no such file'],
    [['run', '/no/such'], 'error: read the script /no/such: there is no such file'],
    [['run', '.'], 'error: read the script .: that is a folder'],
    [
      ['run', '-', '-c', 'a', '--tools-from', 'b'],
      "error: option '--tools-from <file>' cannot be used with option '-c, --config <file>'",
    ],
    [['serve', '-c', '/no/such'], 'error: read manifest /no/such: found no such file, wanted a JSON file'],
    [['serve', '--port', '80'], 'error: --port: wanted only together with --http'],
    [['serve', '--allowed-host', 'x'], 'error: --allowed-host: wanted only together with --http'],
    [
      ['serve', '--http', '--port', '80000'],
      "error: option '--port <number>' argument '80000' is invalid. wanted a number from 0 to 65535",
    ],
    [['serve', '--http', '--stdio'], "error: option '--http' cannot be used with option '--stdio'"],
  ];
  for (const [args, message] of misuse) {
    it(`refuses: toolscript ${args.join(' ')}`, async () => {
      const { code, out, notes } = await follow(args);
      expect(notes).to.contain(message);
      expect([code, out]).to.deep.equal([2, '']);
    });
  }

  it('shows its help where no command is given, as a misuse', async () => {
    const { code, out, notes } = await follow([]);
    expect([code, out]).to.deep.equal([2, '']);
    expect(notes).to.contain('Usage: toolscript');
  });
});

describe('toolscript serve', () => {
  it('says that a port is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    const config = await file('empty.json', {});
    expect(await follow(['serve', '--http', '--port', String(port), '-c', config])).to.deep.equal({
      code: 3,
      out: '',
      notes: `error: listen on 127.0.0.1:${port}: the port is taken\n`,
    });
    taken.close();
  });

  it('refuses an address that others reach, until it is told by which names they come', async () => {
    const config = await file('open-host.json', { http: { host: '0.0.0.0', port: 0 } });
    const { code, notes } = await follow(['serve', '--http', '-c', config]);
    expect(code).to.equal(2);
    expect(notes).to.match(/^error: listen on 0\.0\.0\.0: /);
  });
});

describe('the manifest of the working folder', () => {
  const started = process.cwd();
  beforeEach(async () => process.chdir(await mkdtemp(join(folder, 'here-'))));
  afterEach(() => process.chdir(started));

  it('is taken where none is named', async () => {
    await writeFile('toolscript.json', JSON.stringify({ mcpServers: { f: fixture({ tools: ['echo'] }) } }));
    expect((await follow(['validate'])).out).to.equal(
      'toolscript.json is valid: 1 server, 0 plugins, code mode off\n',
    );
    expect((await follow(['run', '-'], 'return call_tool("echo")')).out).to.equal('{}\n');
  });

  it('is missed by all commands but run', async () => {
    const where = process.cwd();
    for (const args of [['serve'], ['tools', 'list'], ['validate']]) {
      const { code, notes } = await follow(args);
      expect([code, notes]).to.deep.equal([
        2,
        `error: found no toolscript.json in ${where}, wanted one, or a manifest named with --config\n`,
      ]);
    }
    expect(await follow(['run', '-'], 'return 1')).to.deep.equal({ code: 0, out: '1\n', notes: '' });
  });
});

describe('toolscript run', () => {
  const run = (script: string, ...args: string[]) => follow(['run', '-', ...args], script);

  it('prints a text as it is, and anything else as JSON', async () => {
    expect(await run('return "a\\nb"')).to.deep.equal({ code: 0, out: 'a\nb\n', notes: '' });
    expect((await run('return "a\\n"')).out).to.equal('a\n');
    expect((await run('return {"b": [1, 2.5], "a": 12345678901234567890}')).out).to.equal(
      '{\n  "b": [\n    1,\n    2.5\n  ],\n  "a": 12345678901234567890\n}\n',
    );
    expect((await run('')).out).to.equal('null\n');
  });

  it('gives the script its data, from JSON or from a file, digit for digit', async () => {
    const script = 'return [name, data["n"] + 1]';
    const wanted = '[\n  "x",\n  9007199254740994\n]\n';
    const json = '{"name": "x", "n": 9007199254740993}';
    expect((await run(script, '--data', json)).out).to.equal(wanted);
    expect((await run(script, '--data', await file('data.json', json))).out).to.equal(wanted);
  });

  it('prints logs beside the result', async () => {
    const { out, notes } = await run('print("one")\nprint("\\x1b[2J")\nreturn 1');
    expect([out, notes]).to.deep.equal(['1\n', 'one\n\\u001b[2J\n']);
  });

  it('reports a failed script with line, caret and calls', async () => {
    const path = await file('fails.star', 'def f(x):\n    return "a" + x\n\nprint("before")\nf(3)\n');
    const { code, out, notes } = await follow(['run', path]);
    expect([code, out]).to.deep.equal([1, '']);
    const lines = notes.split('\n');
    expect(lines[0]).to.equal('before');
    expect(lines[1]).to.match(/^\S+fails\.star:2:16: script\/runtime: /);
    expect(lines.slice(2, 4)).to.deep.equal(['    2 |     return "a" + x', '      |                ^']);
    expect(notes).to.contain(`calls:\n  ${path}:5:2 in <toplevel>\n  ${path}:2:16 in f\n`);
    expect(notes).not.to.contain('.ts');
  });

  it('prints the whole outcome as JSON', async () => {
    const good = await run('print("x")\nreturn {"b": 12345678901234567890, "a": []}', '--json');
    expect(good.out).to.contain('"b": 12345678901234567890,\n    "a": []');
    expect(JSON.parse(good.out))
      .to.include({ ok: true })
      .and.to.deep.include({ logs: ['x'], calls: [] });
    const bad = await run('frob()', '--json');
    expect([bad.code, bad.notes]).to.deep.equal([1, '']);
    expect(JSON.parse(bad.out)).to.have.nested.property('error.code', 'script/name');
  });

  it('holds the script to its limits', async () => {
    const loop = 'while True: pass';
    expect((await run(loop, '--limit', 'steps=1000')).notes).to.contain('limit/steps');
    expect((await run(loop, '--limit', 'steps=1000000000000', '--timeout', '50ms')).notes).to.contain(
      'limit/wall-time',
    );
    expect((await run('return [0] * 10000000', '--limit', 'memoryBytes=1MiB')).notes).to.contain(
      'limit/memory',
    );
    expect((await run(loop, '--limit', 'steps=1000')).code).to.equal(1);
  });

  it('waits for what keeps no process alive', async () => {
    const { code, out } = await run(
      'return attempt(lambda: retry(lambda: fail("x"), attempts=2, delay_ms=20)).ok',
    );
    expect([code, out]).to.deep.equal([0, 'false\n']);
  });

  it('calls the tools of a manifest, and draws when it called them', async () => {
    const config = await file('tools.json', { mcpServers: { all: everything() } });
    const script = 'return parallel([lambda i=i: echo(message=str(i)) for i in range(3)])';
    const { code, out, notes } = await follow(['run', '-', '--tools-from', config, '--timeline'], script);
    expect(code).to.equal(0);
    expect(JSON.parse(out)).to.deep.equal(['Echo: 0', 'Echo: 1', 'Echo: 2']);
    expect(notes.match(/^ {2}echo .*▓.* ms/gm)).to.have.length(3);
    expect(notes).to.contain('3 tool calls');
  });

  it('draws for who watches, unless told not to', async () => {
    expect((await follow(['run', '-'], 'return 1', true)).notes).to.contain('0 tool calls');
    expect((await follow(['run', '-', '--no-timeline'], 'return 1', true)).notes).to.equal('');
    expect((await follow(['run', '-'], 'return 1', false)).notes).to.equal('');
  });

  it('runs the rest when a server is down, and says so', async () => {
    const mcpServers = { up: fixture({ tools: ['echo'] }), down: { command: 'no-such-program-anywhere' } };
    const config = await file('half.json', { mcpServers });
    const { code, out, notes } = await follow(['run', '-', '-c', config], 'return call_tool("echo")');
    expect([code, out]).to.deep.equal([0, '{}\n']);
    expect(notes).to.match(/^warning: server "down" /);
  });
});

describe('toolscript tools', () => {
  let config: string;
  before(async () => {
    const mcpServers = {
      all: everything(),
      files: filesystem(folder),
      down: fixture({ faults: ['exits at once'] }),
    };
    config = await file('tools-of-three.json', { mcpServers });
  });

  it('lists servers with their states, and tools; a server that is down shows in the exit code', async () => {
    const { code, out } = await follow(['tools', 'list', '-c', config]);
    expect(code).to.equal(3);
    expect(out)
      .to.match(/^all {4}up, \d+ tools\n/)
      .and.to.match(/\nfiles {2}up, \d+ tools\ndown {3}down\n {7}\S/);
    expect(out)
      .to.match(/\necho +all +Echoes back/)
      .and.to.match(/\nread_text_file +files +Read/);
    expect(out.split('\n').every((line) => line.length <= 100)).to.equal(true);
  });

  it('lists what a client is listed, and what that takes of its context', async () => {
    const mcpServers = {
      f: fixture({ tools: ['echo', 'fail', ...Array.from({ length: 50 }, (_, n) => `t${String(n)}`)] }),
    };
    const optimizer = { enabled: true, pinned: ['ec*'] };
    const config = await file('optimized.json', { mcpServers, optimizer, codeMode: { enabled: true } });
    const { code, out } = await follow(['tools', 'list', '--client', '-c', config]);
    expect(code).to.equal(0);
    const names = [...out.matchAll(/^(\w+) +\d+( {2}.*)?$/gm)].map((match) => match[1]);
    expect(names).to.deep.equal(['find_tool', 'call_tool', 'echo', 'execute_tool_script']);
    const [, tokens = '', without = ''] = /\n(\d+) tokens, (\d+) without the optimizer\n$/.exec(out) ?? [];
    expect(Number(tokens)).to.be.within(100, Number(without));
    const told = JSON.parse(
      (await follow(['tools', 'list', '--client', '-c', config, '--json'])).out,
    ) as object;
    expect(told).to.include({ tokens: Number(tokens), baselineTokens: Number(without) });
    expect(told).to.have.keys('backends', 'listed', 'tokens', 'baselineTokens');
  });

  it('says what a server calls a tool that has another name here', async () => {
    const renamed = await file('renamed.json', {
      mcpServers: {
        one: { ...fixture({ tools: ['echo', 'fail'] }), tools: { overrides: { fail: { name: 'give_up' } } } },
        two: { ...fixture({ tools: ['echo'] }), tools: { exclude: ['nothing'] } },
      },
    });
    const { out } = await follow(['tools', 'list', '-c', renamed]);
    expect(out).to.equal(
      [
        'one  up, 2 tools',
        'two  up, 1 tool',
        '     tools.exclude: no tool fits "nothing"',
        '',
        'one_echo  one: echo',
        'give_up   one: fail',
        'two_echo  two: echo',
        '',
      ].join('\n'),
    );
    const { origins } = JSON.parse((await follow(['tools', 'list', '-c', renamed, '--json'])).out) as {
      origins: object;
    };
    expect(origins).to.deep.equal({
      one_echo: { backend: 'one', tool: 'echo' },
      give_up: { backend: 'one', tool: 'fail' },
      two_echo: { backend: 'two', tool: 'echo' },
    });
  });

  it('lists them as JSON', async () => {
    const { out } = await follow(['tools', 'list', '-c', config, '--json']);
    const { tools, backends } = JSON.parse(out) as { tools: { name: string }[]; backends: object[] };
    expect(tools.map(({ name }) => name)).to.include.members(['echo', 'read_text_file']);
    expect(backends.map((backend) => ('up' in backend ? backend.up : undefined))).to.deep.equal([
      true,
      true,
      false,
    ]);
  });

  it('shows one tool, by either name, as a script calls it', async () => {
    for (const name of ['get-sum', 'get_sum']) {
      const { code, out } = await follow(['tools', 'show', name, '-c', config]);
      expect(code).to.equal(0);
      expect(out).to.match(/^get-sum\n\n.*sum.*\n\nin a script: get_sum\(a: .*b: .*\)\n\ntakes: \{/);
    }
    const { out } = await follow(['tools', 'show', 'get-sum', '-c', config, '--json']);
    expect(JSON.parse(out)).to.include({ name: 'get-sum' });
  });

  it('names the nearest tool where there is none of the name', async () => {
    const { code, out, notes } = await follow(['tools', 'show', 'get-sums', '-c', config]);
    expect([code, out]).to.deep.equal([3, '']);
    expect(notes).to.contain('no tool named get-sums, did you mean get-sum?');
  });
});

describe('toolscript validate', () => {
  it('sums up a manifest that is valid', async () => {
    const path = await file('good.json', {
      mcpServers: { a: { command: 'x', timeout: 5 } },
      codeMode: { enabled: true },
      plugins: [{ use: 'toolscript/plugins/telemetry/log' }],
    });
    expect(await follow(['validate', path])).to.deep.equal({
      code: 0,
      out: `${path} is valid: 1 server, 1 plugin, code mode on\n`,
      notes:
        'warning: mcpServers.a.timeout: is not read here: codeMode.limits.toolCallTimeoutMs bounds a call\n',
    });
  });

  it('tells every fault with its line', async () => {
    const path = await file('bad.json', '{\n  "codeMode": { "enabld": true },\n  "http": { "port": "x" }\n}');
    expect(await follow(['validate', path])).to.deep.equal({
      code: 2,
      out: '',
      notes: [
        `error: read manifest ${path}: 2 faults`,
        'error: line 2: codeMode.enabld: found an unknown key, wanted "enabled"',
        'error: line 3: http.port: found a string, wanted a number',
        '',
      ].join('\n'),
    });
  });

  it('tells them as JSON', async () => {
    const path = await file('bad2.json', '{\n  "plugins": [{ "use": "./nowhere.js" }]\n}');
    const { code, out } = await follow(['validate', path, '--json']);
    expect(code).to.equal(2);
    const { valid, faults } = JSON.parse(out) as { valid: boolean; faults: object[] };
    expect(valid).to.equal(false);
    expect(faults).to.have.length(1);
    expect(faults[0]).to.deep.include({ path: 'plugins[0].use', position: { line: 2, column: 17 } });
  });

  it('refuses a runtime that nobody brings', async () => {
    const path = await file('kinds.json', { codeMode: { runtime: 'lua' } });
    const { code, notes } = await follow(['validate', path]);
    expect(code).to.equal(2);
    expect(notes).to.contain('codeMode.runtime: found no runtime of this name, wanted starlark');
  });
});

describe('dispatchers of plugins beside servers', () => {
  it('offer their tools under names of their own, and keep them', async () => {
    await file(
      'dispatcher.mjs',
      `const tools = ['echo', 'approve'].map((name) => ({ name, inputSchema: { type: 'object' } }));
       export default { name: 'desk', kind: 'dispatcher', create: () => ({
         listTools: () => tools,
         callTool: async ({ tool }) => ({ content: [], structuredContent: { result: 'desk/' + tool } }),
       }) };`,
    );
    const config = await file('joined.json', {
      mcpServers: { fixture: fixture({ tools: ['echo', 'pid'] }) },
      plugins: [{ use: './dispatcher.mjs' }, { use: './dispatcher.mjs', name: 'second' }],
    });
    const { code, out } = await follow(['tools', 'list', '-c', config, '--json']);
    expect(code).to.equal(0);
    const { tools, origins } = JSON.parse(out) as { tools: { name: string }[]; origins: object };
    expect(origins).to.deep.equal({
      servers_echo: { backend: 'fixture', tool: 'echo' },
      pid: { backend: 'fixture', tool: 'pid' },
    });
    expect(tools.map(({ name }) => name)).to.deep.equal([
      ...['echo', 'approve', 'second_echo', 'second_approve', 'servers_echo', 'pid'],
    ]);
    const script = await file('joined.star', 'return [echo(), second_approve(), servers_echo(a=1)]');
    const ran = await follow(['run', script, '-c', config]);
    expect(JSON.parse(ran.out)).to.deep.equal(['desk/echo', 'desk/approve', { a: 1 }]);
  });
});

describe('a manifest with plugins', () => {
  const PLUGINS = `
    const closed = [];
    const plugin = (name, kind, part) => ({ name, kind, create: () => ({ ...part, close() { closed.push(name); globalThis.closedParts = closed; } }) });
    export const limits = plugin('few-steps', 'limits', { limitsFor: () => ({ steps: 50 }) });
    export const sink = plugin('keeper', 'sink', { record(event) { (globalThis.keptEvents ??= []).push(event.name); } });
    export const runtime = plugin('shout', 'runtime', {
      name: 'shout', reservedNames: new Set(), guide: 'Shouts.', signature: () => '',
      run: async ({ source }) => ({ ok: true, value: source.toUpperCase(), text: JSON.stringify(source.toUpperCase()) }),
    });
    export const dispatcher = plugin('one-tool', 'dispatcher', {
      listTools: () => [{ name: 'greet', inputSchema: { type: 'object' } }],
      callTool: async () => ({ content: [{ type: 'text', text: 'hello' }] }),
    });
    export const broken = { name: 'broken', kind: 'sink', create() { throw new Error('no disk'); } };
  `;
  const held = globalThis as { keptEvents?: string[]; closedParts?: string[] };

  before(async () => {
    await file('parts.mjs', PLUGINS);
    for (const part of ['limits', 'sink', 'runtime', 'dispatcher', 'broken']) {
      await file(`${part}-part.mjs`, `export { ${part} as default } from './parts.mjs';`);
    }
  });
  beforeEach(() => {
    held.keptEvents = [];
    held.closedParts?.splice(0);
  });

  const using = (name: string, manifest: object, ...parts: string[]) =>
    file(name, { ...manifest, plugins: parts.map((part) => ({ use: `./${part}-part.mjs` })) });

  it('composes what they bring, and closes it', async () => {
    const config = await using('parts.json', {}, 'sink', 'limits', 'dispatcher', 'runtime');
    const { code, out } = await follow(['run', '-', '-c', config], 'return greet()');
    expect([code, out]).to.deep.equal([0, 'hello\n']);
    expect(held.keptEvents?.filter((name) => name !== 'catalog.changed')).to.deep.equal([
      'service.started',
      'script.started',
      'tool.started',
      'tool.called',
      'script.finished',
    ]);
    expect([...(held.closedParts ?? [])].sort()).to.deep.equal(['few-steps', 'keeper', 'one-tool']);
    const loop = await follow(['run', '-', '-c', config], 'for i in range(1000): pass');
    expect(loop.notes).to.contain('limit/steps');
  });

  it('calls as whom the manifest says', async () => {
    const rules = [{ callers: { ids: ['me'] }, allow: { codeMode: true, tools: ['greet'] } }];
    const list = { use: 'toolscript/plugins/limits/access-list', with: { rules } };
    const plugins = [{ use: './dispatcher-part.mjs' }, list];
    const mine = await file('mine.json', { stdio: { caller: { id: 'me' } }, plugins });
    expect((await follow(['run', '-', '-c', mine], 'return greet()')).out).to.equal('hello\n');
    expect((await follow(['tools', 'list', '-c', mine])).out).to.contain('greet');
    const nobodys = await file('nobodys.json', { plugins });
    expect((await follow(['run', '-', '-c', nobodys], 'return greet()')).notes).to.contain('tool/unknown');
    expect((await follow(['tools', 'list', '-c', nobodys])).out).not.to.contain('greet');
  });

  it('refuses a manifest whose access list or authentication is at fault', async () => {
    const manifest = {
      http: {
        auth: {
          tokens: [{ id: 'x', token: 'short' }],
          jwt: { issuer: 'i', audience: 'a', publicKeyFile: 'none.pem' },
        },
      },
      plugins: [{ use: 'toolscript/plugins/limits/access-list', with: { rules: [{ allow: {} }] } }],
    };
    const { code, notes } = await follow(['validate', await file('auth1.json', manifest)]);
    expect(code).to.equal(2);
    expect(notes).to.contain(
      'plugins[0].with.rules[0].allow: wanted tools, servers, codeMode, languages, resources, prompts or console',
    );
    const { notes: others } = await follow(['validate', await file('auth2.json', { http: manifest.http })]);
    expect(others).to.contain('http.auth.tokens[0]: found a token of fewer characters, wanted at least 16');
    expect(others).to.contain('http.auth.jwt.publicKeyFile: found no key that can be read');
    expect(others).not.to.contain('short');
  });

  it('holds every policy, and the limits beside them', async () => {
    const limits = { codeMode: { limits: { steps: 1_000_000, toolCalls: 0 } } };
    const config = await using('policies.json', limits, 'limits', 'limits', 'dispatcher');
    const loop = await follow(['run', '-', '-c', config], 'for i in range(1000): pass');
    expect(loop.notes).to.contain('limit/steps');
    const call = await follow(['run', '-', '-c', config], 'return greet()');
    expect(call.notes).to.contain('limit/tool-calls');
  });

  it('takes the runtime that the manifest names', async () => {
    const config = await using('shout.json', { codeMode: { runtime: 'shout' } }, 'runtime');
    expect((await follow(['run', '-', '-c', config], 'hey')).out).to.equal('HEY\n');
  });

  it('warns of a runtime that the manifest brings and does not choose', async () => {
    const config = await using('unchosen.json', {}, 'runtime');
    const { out, notes } = await follow(['run', '-', '-c', config], 'return 1');
    expect([out, notes]).to.deep.equal([
      '1\n',
      'warning: the runtime shout runs no scripts: codeMode.runtime does not name it\n',
    ]);
  });

  it('takes several, the first by default, and each once', async () => {
    const config = await using('two.json', { codeMode: { runtime: ['starlark', 'shout'] } }, 'runtime');
    const language = (name: string) => ['run', '-', '-c', config, '--language', name];
    expect((await follow(['run', '-', '-c', config], 'return 1')).out).to.equal('1\n');
    expect((await follow(language('shout'), 'return 1')).out).to.equal('RETURN 1\n');
    expect((await follow(language('shuot'), 'return 1')).notes).to.contain('did you mean "shout"?');
    const twice = await using('twice.json', { codeMode: { runtime: ['shout', 'lua', 'shout'] } }, 'runtime');
    const { notes } = await follow(['run', '-', '-c', twice], '');
    expect(notes).to.contain(
      'codeMode.runtime[1]: found no runtime of this name, wanted starlark or quickjs or monty or shout',
    );
    expect(notes).to.contain('codeMode.runtime[2]: found this runtime twice, wanted it once');
  });

  it('takes the language by the ending of the file, unless one is named', async () => {
    const config = await file('three.json', { codeMode: { runtime: ['starlark', 'quickjs', 'monty'] } });
    const text = 'len("four")';
    const scripts = {
      'length.star': `return ${text}`,
      'length.bzl': `return ${text}`,
      'length.py': `import math\nreturn math.floor(${text} + 0.5)`,
      'length.js': 'return "four".length',
      'length.mjs': 'return [..."four"].length',
      'length.TS': 'const length: number = "four".length;\nreturn length',
      'length.txt': `return ${text}`,
    };
    for (const [name, script] of Object.entries(scripts)) {
      const { out, notes } = await follow(['run', await file(name, script), '-c', config]);
      expect([name, out, notes]).to.deep.equal([name, '4\n', '']);
    }
    const named = ['run', await file('odd.py', 'return "four".length'), '-c', config];
    expect((await follow([...named, '--language', 'javascript'])).out).to.equal('4\n');
  });

  it('says what to write for a language that the manifest lacks', async () => {
    const config = await using('shouting.json', { codeMode: { runtime: 'shout' } }, 'runtime');
    const script = await file('job.py', 'return 1');
    const { code, out, notes } = await follow(['run', script, '-c', config]);
    expect([code, out]).to.deep.equal([2, '']);
    expect(notes).to.contain('shouting.json offers shout and no python, ');
    expect(notes).to.contain('wanted "runtime": ["shout", "monty"] in its codeMode, or another --language');
    expect((await follow(['run', script, '-c', config, '--language', 'shout'])).out).to.equal('RETURN 1\n');
  });

  it('needs no manifest for a language of the package', async () => {
    expect((await follow(['run', await file('alone.py', 'return [n for n in range(2)]')])).code).to.equal(0);
    expect((await follow(['run', '-', '--language', 'javascript'], 'return typeof 1')).out).to.equal(
      'number\n',
    );
    expect((await follow(['run', '-', '--language', 'cobol'], '')).notes).to.contain(
      'no language named "cobol"',
    );
  });

  it('closes what was made when a later one fails, and says which', async () => {
    const config = await using('broken.json', {}, 'sink', 'broken');
    const { code, notes } = await follow(['run', '-', '-c', config], 'return 1');
    expect(code).to.equal(2);
    expect(notes).to.contain('plugins[1]: found a plugin that cannot start (no disk)');
    expect(held.closedParts).to.deep.equal(['keeper']);
  });
});
