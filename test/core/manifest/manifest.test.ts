import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { DEFAULT_LIMITS } from '../../../core/index.js';
import { faultText, loadManifest, ManifestError, MAX_MANIFEST_BYTES } from '../../../core/manifest/index.js';

const env = { TOKEN: 's3cret-token', HOME: '/home/ann' };

const HTTP = {
  host: '127.0.0.1',
  port: 8080,
  path: '/mcp',
  insecure: false,
  readyWhen: 'started',
  drainMs: 25_000,
  drainDelayMs: 0,
};

async function refusal(source: string | object): Promise<ManifestError> {
  try {
    await loadManifest(source, { env });
  } catch (error) {
    if (error instanceof ManifestError) return error;
    throw error;
  }
  throw new Error('the manifest was loaded');
}

async function faults(source: string | object): Promise<string[]> {
  return (await refusal(source)).faults.map(faultText);
}

describe('loadManifest', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'toolscript-manifest-'))));
  after(() => rm(folder, { recursive: true, force: true }));

  async function file(text: string, name = 'toolscript.json'): Promise<string> {
    await writeFile(join(folder, name), text);
    return join(folder, name);
  }

  it('reads an empty manifest as code mode off, no servers, no plugins', async () => {
    const manifest = await loadManifest({}, { folder: '/somewhere' });
    expect({ ...manifest, locate: undefined }).to.deep.equal({
      locate: undefined,
      folder: '/somewhere',
      servers: new Map(),
      aggregation: {},
      clients: { pageSize: 0, questionWaitMs: 120_000 },
      codeMode: { enabled: false, guide: true, runtimes: ['starlark'], limits: {} },
      optimizer: { enabled: false, maxTools: 8, maxTokens: 1_500, pinned: [] },
      plugins: [],
      http: HTTP,
      stdio: {},
      notes: [],
    });
  });

  it('reads every part of a full one', async () => {
    const manifest = await loadManifest(
      await file(`{
        "$schema": "./node_modules/toolscript/manifest.schema.json",
        "mcpServers": {
          "everything": { "command": "npx", "args": ["-y", "everything", "\${HOME}"], "env": { "PORT": 3, "NONE": null } },
          "search": { "type": "http", "url": "https://\${SEARCH_HOST:-search.example}/mcp",
                      "headers": { "Authorization": "Bearer \${TOKEN}" } },
          "old": { "type": "sse", "url": "http://localhost:1/sse" },
        },
        "codeMode": { "enabled": true, "limits": { "toolCallTimeoutMs": 30000 } },
        "optimizer": { "enabled": false },
        "plugins": [
          { "use": "a", "enabled": false, "with": { "x": "\${NOT_SET}" } },
          { "use": "./my-sink.js", "with": { "table": "runs" }, "name": "mine" }, // last
        ],
        "http": { "port": 0 },
      }`),
      { env },
    );
    expect(manifest.file).to.equal(join(folder, 'toolscript.json'));
    expect([...manifest.servers]).to.deep.equal([
      [
        'everything',
        {
          type: 'stdio',
          command: 'npx',
          args: ['-y', 'everything', '/home/ann'],
          env: { PORT: '3' },
          cwd: folder,
        },
      ],
      [
        'search',
        {
          type: 'http',
          url: 'https://search.example/mcp',
          headers: { Authorization: 'Bearer s3cret-token' },
        },
      ],
      ['old', { type: 'sse', url: 'http://localhost:1/sse', headers: {} }],
    ]);
    expect(manifest.codeMode).to.deep.equal({
      enabled: true,
      guide: true,
      runtimes: ['starlark'],
      limits: { toolCallTimeoutMs: 30_000 },
    });
    expect(manifest.plugins).to.deep.equal([
      { use: './my-sink.js', with: { table: 'runs' }, name: 'mine', path: ['plugins', 1], variables: [] },
    ]);
    expect(manifest.http).to.deep.equal({ ...HTTP, port: 0 });
  });

  it('takes every limit of the core by name', async () => {
    const { codeMode } = await loadManifest({ codeMode: { limits: { ...DEFAULT_LIMITS } } });
    expect(codeMode.limits).to.deep.equal(DEFAULT_LIMITS);
  });

  it('reads how many tools a search answers, in either spelling', async () => {
    const maxTools = async (optimizer: object): Promise<number> =>
      (await loadManifest({ optimizer })).optimizer.maxTools;
    expect(await maxTools({})).to.equal(8);
    expect(await maxTools({ maxTools: 3 })).to.equal(3);
    expect(await maxTools({ maxToolsToReturn: 50 })).to.equal(50);
  });

  const server = (entry: unknown) => ({ mcpServers: { s: entry }, codeMode: {} });
  const FORMS = 'wanted "http", "streamable-http", "streamableHttp" or "sse"';
  const OWN =
    '$schema, aggregation, clients, codeMode, http, inputs, mcpServers, optimizer, plugins, servers, stdio, telemetry';
  const table: readonly (readonly [unknown, string])[] = [
    [[], 'found an array, wanted an object'],
    [{ codeMod: {} }, 'codeMod: found an unknown key, wanted "codeMode"'],
    [{ codeMode: {}, zebra: 1 }, `zebra: found an unknown key, wanted one of ${OWN}`],
    [{ mcpServers: [] }, 'mcpServers: found an array, wanted an object'],
    [server(3), 'mcpServers.s: found 3, wanted an object'],
    [server({}), 'mcpServers.s: found neither command nor url, wanted one of them'],
    [server({ comand: 'x' }), 'mcpServers.s: found "comand", wanted "command"'],
    [server({ command: 'x', url: 'y' }), 'mcpServers.s: found command and url, wanted one of them'],
    [server({ command: 7 }), 'mcpServers.s.command: found 7, wanted a string'],
    [server({ command: '' }), 'mcpServers.s.command: found an empty string, wanted at least one character'],
    [server({ command: 'x', args: 'y' }), 'mcpServers.s.args: found a string, wanted an array'],
    [server({ command: 'x', args: ['y', 1] }), 'mcpServers.s.args[1]: found 1, wanted a string'],
    [
      server({ command: 'x', env: { 'A b': true } }),
      'mcpServers.s.env["A b"]: found true, wanted a string, a number or null',
    ],
    [server({ command: 'x', arg: [] }), 'mcpServers.s.arg: found an unknown key, wanted "args"'],
    [
      server({ command: 'x', zebra: [] }),
      'mcpServers.s.zebra: found an unknown key, wanted one of args, command, connectTimeoutMs, cwd, disabled, env, prefix, tools, type',
    ],
    [server({ command: 'x', type: 'http' }), 'mcpServers.s.type: found "http", wanted "stdio"'],
    [
      server({ url: 'ftp://x' }),
      'mcpServers.s.url: found a string, wanted an address that starts with http:// or https://',
    ],
    [
      server({ url: 'http://' }),
      'mcpServers.s.url: found a string, wanted an address that starts with http:// or https://',
    ],
    [server({ url: 'http://x', type: 'htp' }), `mcpServers.s.type: found "htp", ${FORMS}`],
    [server({ url: 'http://x', header: {} }), 'mcpServers.s.header: found an unknown key, wanted "headers"'],
    [server({ url: 'http://x', headers: { A: 1 } }), 'mcpServers.s.headers.A: found 1, wanted a string'],
    [
      { mcpServers: { '': { command: 'x' } } },
      'mcpServers[""]: found a key that is empty or too long, wanted 1 to 100 characters',
    ],
    [
      { mcpServers: { 'my server': {} } },
      'mcpServers["my server"]: found neither command nor url, wanted one of them',
    ],
    [
      { mcpServers: { a: { command: 'x' } }, servers: { a: { command: 'x' } } },
      'servers.a: found a server of this name under mcpServers too, wanted one',
    ],
    [{ codeMode: { enabled: 'yes' } }, 'codeMode.enabled: found a string, wanted true or false'],
    [{ codeMode: { limits: { step: 1 } } }, 'codeMode.limits.step: found an unknown key, wanted "steps"'],
    [{ codeMode: { limits: { steps: 0 } } }, 'codeMode.limits.steps: found 0, wanted at least 1'],
    [
      { codeMode: { limits: { callDepth: 1e6 } } },
      'codeMode.limits.callDepth: found 1000000, wanted at most 1000',
    ],
    [
      { codeMode: { limits: { parallel: 1.5 } } },
      'codeMode.limits.parallel: found 1.5, wanted a whole number',
    ],
    [{ optimizer: { maxTools: 51 } }, 'optimizer.maxTools: found 51, wanted at most 50'],
    [
      { optimizer: { maxTools: 5, maxToolsToReturn: 6 } },
      'optimizer.maxToolsToReturn: found 6, wanted one of maxTools and maxToolsToReturn',
    ],
    [{ optimizer: { pinned: '*' } }, 'optimizer.pinned: found a string, wanted an array'],
    [{ plugins: {} }, 'plugins: found an object, wanted an array'],
    [{ plugins: [{}] }, 'plugins[0].use: found nothing, wanted a string'],
    [{ plugins: ['x'] }, 'plugins[0]: found a string, wanted an object'],
    [{ plugins: [{ use: 'x', with: 3 }] }, 'plugins[0].with: found 3, wanted an object'],
    [{ http: { port: 70_000 } }, 'http.port: found 70000, wanted at most 65535'],
    [{ http: { path: 'mcp' } }, 'http.path: found a string, wanted a path that starts with /'],
  ];
  for (const [manifest, expected] of table) {
    it(`refuses ${JSON.stringify(manifest)}`, async () => {
      expect(await faults(manifest as object)).to.deep.equal([expected]);
    });
  }

  it('reports all faults at once, in the order of the file, with line and column', async () => {
    const error = await refusal(
      await file(
        '{\n  "mcpServers": {\n    "a": { "url": "${NOPE}" },\n    "b": {}, "b": { "command": "x" }\n  },\n  "http": { "port": -1 },\n  "codeMod": 1\n}',
      ),
    );
    expect(error.code).to.equal('config/invalid');
    expect(
      error.faults.map((fault) => [fault.position?.line, fault.position?.column, faultText(fault)]),
    ).to.deep.equal([
      [
        3,
        12,
        'mcpServers.a.url: found the variable NOPE, which is not set, wanted a value for it or a default: ${NOPE:-…}',
      ],
      [4, 14, 'mcpServers.b: found this key twice, wanted it once'],
      [6, 13, 'http.port: found -1, wanted at least 0'],
      [7, 3, 'codeMod: found an unknown key, wanted "codeMode"'],
    ]);
    expect(error.message).to.equal(
      `read manifest ${join(folder, 'toolscript.json')}: ${faultText(error.faults[0]!)}`,
    );
    expect(error.also?.map(({ message }) => message)).to.deep.equal(error.faults.slice(1).map(faultText));
  });

  it('never shows what a variable held, nor a text that was given as a value', async () => {
    const secret = 'hunter2-and-more';
    const error = await refusal({
      mcpServers: {
        a: { url: '${TOKEN}', headers: { A: 3, B: '${TOKEN} ${NOPE}' }, type: '${TOKEN}' },
        b: { command: secret, args: secret, env: { A: [secret] }, type: 'http' },
        c: { command: 'x', env: { A: `\${TOKEN-${secret}}` } },
      },
      plugins: [{ use: '', with: secret }],
      codeMode: { enabled: secret, runtime: '', limits: { steps: '${TOKEN}' } },
    });
    const shown = JSON.stringify([error.message, error.also, error.faults, String(error)]);
    expect(error.faults).to.have.length.greaterThan(9);
    expect(shown).not.to.contain(env.TOKEN);
    expect(shown).not.to.contain(secret);
  });

  it('names a syntax error by line and column', async () => {
    const path = await file('{\n  "a": 1,\n  b: 2\n}');
    expect((await refusal(path)).message).to.equal(
      `read manifest ${path}: line 3, column 3: found "b", wanted a key in double quotes, or "}"`,
    );
  });

  it('says what is wrong with the file itself', async () => {
    expect(await faults(join(folder, 'missing.json'))).to.deep.equal([
      'found no such file, wanted a JSON file',
    ]);
    expect(await faults(folder)).to.deep.equal(['found a folder, wanted a JSON file']);
    const large = await file(`"${'x'.repeat(MAX_MANIFEST_BYTES)}"`, 'large.json');
    expect(await faults(large)).to.deep.equal([
      `found ${MAX_MANIFEST_BYTES + 2} bytes, wanted at most ${MAX_MANIFEST_BYTES}`,
    ]);
  });

  it('refuses deep nesting in settings of a plugin', async () => {
    const path = await file(
      `{"plugins": [{"use": "x", "with": ${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}}]}`,
    );
    expect((await refusal(path)).message).to.contain('levels of nesting');
  });

  it('treats names of prototypes as plain names, and __proto__ as a fault', async () => {
    const { servers } = await loadManifest({
      mcpServers: { constructor: { command: 'x' }, then: { command: 'y' } },
    });
    expect([...servers.keys()]).to.deep.equal(['constructor', 'then']);
    const path = await file(
      '{"mcpServers": {"__proto__": {"command": "x"}}, "__proto__": {"codeMode": {"enabled": true}}}',
    );
    expect(await faults(path)).to.deep.equal([
      'mcpServers.__proto__: found a key of this name, wanted another name',
      '__proto__: found a key of this name, wanted another name',
    ]);
  });

  it('leaves the environment alone', async () => {
    const before = { ...process.env };
    await loadManifest({ mcpServers: { a: { command: 'x', env: { SOME_NEW_VARIABLE: '1' } } } });
    expect({ ...process.env }).to.deep.equal(before);
  });

  describe('with a file of a client', () => {
    it('reads Claude Desktop, whose other settings are its own business', async () => {
      const { servers, notes } = await loadManifest({
        mcpServers: { files: { command: 'npx', args: ['-y', 'files', '/tmp'] } },
        globalShortcut: 'Ctrl+Space',
        preferences: { menuBarEnabled: false },
      });
      expect([...servers.keys()]).to.deep.equal(['files']);
      expect(notes).to.deep.equal([]);
    });

    it('still names a key of ours that is misspelt', async () => {
      expect(await faults({ mcpServers: {}, codemode: { enabled: true }, globalShortcut: '' })).to.deep.equal(
        ['codemode: found an unknown key, wanted "codeMode"'],
      );
    });

    it('reads Claude Code', async () => {
      const { servers } = await loadManifest(
        {
          mcpServers: {
            api: {
              type: 'http',
              url: '${API:-https://api.example}/mcp',
              headers: { Authorization: 'Bearer ${TOKEN}' },
            },
            local: { type: 'stdio', command: '${HOME}/bin/server', args: [], env: {} },
          },
        },
        { env },
      );
      expect(servers.get('api')).to.include({ url: 'https://api.example/mcp' });
      expect(servers.get('local')).to.include({ command: '/home/ann/bin/server' });
    });

    it('reads Cursor, from the folder around .cursor', async () => {
      await mkdir(join(folder, '.cursor'), { recursive: true });
      const path = await file(
        '{"mcpServers": {"db": {"command": "node", "args": ["${workspaceFolder}/db.js"], "env": {"KEY": "${env:TOKEN}"}, "envFile": ".env"}}}',
        '.cursor/mcp.json',
      );
      const { servers, notes } = await loadManifest(path, { env });
      expect(servers.get('db')).to.deep.equal({
        type: 'stdio',
        command: 'node',
        args: [join(folder, 'db.js')],
        env: { KEY: 's3cret-token' },
        cwd: folder,
      });
      expect(notes.map(faultText)).to.deep.equal([
        'mcpServers.db.envFile: is not read here: put its variables into env, or set them beforehand',
      ]);
    });

    it('reads Windsurf and Cline, with what they add to a server', async () => {
      const { servers } = await loadManifest({
        mcpServers: {
          w: { serverUrl: 'https://w.example/sse', headers: { A: 'b' }, disabledTools: ['x'] },
          c: { command: 'x', disabled: false, autoApprove: [], alwaysAllow: ['y'], timeout: 60 },
        },
      });
      expect(servers.get('w')).to.deep.equal({
        type: 'http',
        url: 'https://w.example/sse',
        headers: { A: 'b' },
        tools: { exclude: ['x'] },
      });
      expect(servers.get('c')).to.include({ command: 'x' });
    });

    it('leaves out what is disabled, variables and all', async () => {
      const { servers } = await loadManifest(
        {
          mcpServers: {
            off: { command: '${NOPE}', disabled: true, nonsense: 1 },
            on: { command: 'x', disabled: false },
          },
        },
        { env },
      );
      expect([...servers.keys()]).to.deep.equal(['on']);
    });

    it('reads VS Code', async () => {
      await mkdir(join(folder, '.vscode'), { recursive: true });
      const path = await file(
        `{
          // asked once
          "inputs": [{ "type": "promptString", "id": "key", "password": true }],
          "servers": {
            "gh": { "type": "http", "url": "https://gh.example/mcp/" },
            "pw": { "type": "stdio", "command": "npx", "args": ["-y", "pw", "\${workspaceFolder}"], "dev": { "watch": "x" } },
          },
        }`,
        '.vscode/mcp.json',
      );
      const { servers } = await loadManifest(path, { env });
      expect(servers.get('gh')).to.include({ type: 'http' });
      expect(servers.get('pw')).to.deep.include({ args: ['-y', 'pw', folder], cwd: folder });
    });

    it('says of an input of VS Code that it needs a value', async () => {
      const inputs = [{ type: 'promptString', id: 'gh-token' }];
      const servers = { gh: { command: 'x', env: { TOKEN: '${input:gh-token}' } } };
      expect(await faults({ inputs, servers })).to.deep.equal([
        'servers.gh.env.TOKEN: found ${input:gh-token}, which only an editor can ask for, wanted a value, or a variable such as ${GH_TOKEN}',
      ]);
    });
  });
});
