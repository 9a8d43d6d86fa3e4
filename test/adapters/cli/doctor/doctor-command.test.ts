import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';

import { expect } from 'chai';

import type { Finding } from '../../../../adapters/cli/doctor/finding.js';
import type { ServerReport } from '../../../../adapters/cli/doctor/server-check.js';
import { everything, filesystem, fixture, gitServer, memory } from '../../../support/backends/index.js';
import { follow } from '../memory-terminal.js';
import { NewUser } from '../new-user.js';

interface Told {
  code: number;
  findings: Finding[];
  servers: ServerReport[];
  tools: number;
  all: string;
}

describe('toolscript doctor', () => {
  let user: NewUser;
  beforeEach(async () => (user = await NewUser.arrive()));
  afterEach(() => user.leave());

  const examine = async (manifest: object, ...args: string[]): Promise<Told> => {
    await writeFile('toolscript.json', JSON.stringify(manifest));
    const { code, out, notes } = await follow(['doctor', '--json', ...args]);
    const told = JSON.parse(out) as Omit<Told, 'code' | 'all'>;
    // How fast this machine is, is nothing to test.
    const findings = told.findings.filter(({ message }) => !/^took .* s to start$/.test(message));
    return { ...told, findings, code, all: out + notes };
  };
  /** Findings as `severity subject: message`. */
  const found = async (manifest: object, ...args: string[]): Promise<string[]> =>
    (await examine(manifest, ...args)).findings.map(({ severity, subject, message, remedy }) => {
      expect(remedy).to.match(/\w/);
      return `${severity} ${subject}: ${message}`;
    });
  const one = (tool: object) => ({ mcpServers: { s: fixture({ tools: [{ ...GOOD, ...tool }] }) } });

  const GOOD = {
    name: 'read',
    description: 'Reads a note.',
    inputSchema: { type: 'object', properties: { id: { type: 'integer' } } },
    outputSchema: { type: 'object', properties: { text: { type: 'string' } } },
  };

  it('finds nothing where all is well', async () => {
    expect(await found(one({}))).to.deep.equal([]);
    const { code, out } = await follow(['doctor']);
    expect(code).to.equal(0);
    expect(out).to.match(
      /^toolscript .*, Node .*\n\ns {2}up, 1 tool +\d.*\n1 tools in all\n\n(?:hint .* to start\n.*\n\n1 hint|nothing to mend)\n$/,
    );
  });

  it('starts real servers, side by side, and says how long each took', async () => {
    await mkdir('notes');
    const mcpServers = {
      everything: everything(),
      files: filesystem(join(user.project, 'notes')),
      memory: memory(join(user.project, 'memory.json')),
      git: gitServer(),
    };
    const { code, servers, tools, findings } = await examine({ mcpServers });
    expect(code).to.equal(0);
    expect(servers.map(({ name }) => name)).to.have.members(Object.keys(mcpServers));
    for (const { up, ms, tools } of servers) {
      expect(up).to.equal(true);
      expect(ms).to.be.within(1, 60_000);
      expect(tools).to.be.above(5);
    }
    expect(tools).to.equal(servers.reduce((sum, server) => sum + server.tools, 0));
    const all = findings
      .map(({ severity, subject, message }) => `${severity} ${subject}: ${message}`)
      .join('\n');
    expect(all).to.match(/hint the list of \d+ tools: takes about \d{5} tokens/);
    expect(all).to.match(/warning .*: call themselves destructive, and no policy/);
  }).timeout(60_000);

  it('says of each server that is down why, and what helps', async () => {
    const { code, findings, servers } = await examine({
      mcpServers: {
        missing: { command: 'no-such-program' },
        ended: {
          command: process.execPath,
          args: ['-e', 'console.error("sk-proj-abcdefghijklmnopqrst"); process.exit(3)'],
        },
        silent: {
          command: process.execPath,
          args: ['-e', 'setInterval(() => 0, 1000)'],
          connectTimeoutMs: 300,
        },
        gone: { url: 'http://127.0.0.1:9/mcp', connectTimeoutMs: 5_000 },
        good: fixture({ tools: [GOOD] }),
      },
    });
    expect(code).to.equal(1);
    expect(servers.filter(({ up }) => up).map(({ name }) => name)).to.deep.equal(['good']);
    const remedies = new Map(findings.map(({ subject, remedy }) => [subject, remedy]));
    expect(remedies.get('server missing')).to.include('install no-such-program');
    expect(remedies.get('server ended')).to.include('by hand with the same arguments');
    expect(remedies.get('server silent')).to.include('connectTimeoutMs');
    expect(remedies.get('server gone')).to.include('look at its url');
    expect(JSON.stringify(findings)).not.to.include('sk-proj');
  });

  const stumbles: readonly (readonly [object, string])[] = [
    [{ name: 'n'.repeat(50) }, 'more than 47 characters'],
    [{ name: 'notes.read' }, 'other characters than letters'],
    [{ description: ' ' }, 'say nothing of what they do'],
    [{ description: 'x'.repeat(2_001) }, 'more than 2000 characters'],
    [{ inputSchema: { type: 'object', anyOf: [{ required: ['a'] }] } }, 'have a choice'],
    [
      { inputSchema: { type: 'object', properties: { 'a b': { type: 'string' } } } },
      'names some model APIs refuse',
    ],
    [
      { inputSchema: { type: 'object', properties: { a: { $ref: 'https://x.example/s.json' } } } },
      'cannot be used',
    ],
    [{ inputSchema: { type: 'object', properties: { a: {} } } }, 'of no said type'],
    [{ inputSchema: { type: 'object', description: 'x'.repeat(13_000) } }, 'more than 3000 tokens each'],
    [{ outputSchema: undefined }, 'do not say what they answer'],
    [{ annotations: { destructiveHint: true } }, 'call themselves destructive'],
  ];
  for (const [tool, message] of stumbles) {
    it(`finds tools that ${message}`, async () => {
      const lines = await found(one(tool));
      expect(lines.filter((line) => line.includes(message))).to.have.length(1);
      expect(lines).to.have.length(1);
    });
  }

  it('is content with destructive tools once a policy decides', async () => {
    const policy = {
      use: 'toolscript/plugins/limits/access-list',
      with: { rules: [{ allow: { tools: ['*'] } }] },
    };
    const manifest = { ...one({ annotations: { destructiveHint: true } }) };
    const lines = await found({
      ...manifest,
      plugins: [{ use: 'toolscript/plugins/limits/traffic', with: {} }],
    });
    expect(lines.join('\n')).to.include('call themselves destructive');
    const { findings } = await examine({ ...manifest, plugins: [policy] });
    expect(findings.filter(({ message }) => message.includes('destructive'))).to.deep.equal([]);
  });

  it('finds tools of several servers that share a name', async () => {
    const tools = { tools: [GOOD] };
    expect(await found({ mcpServers: { a: fixture(tools), b: fixture(tools) } })).to.deep.equal([
      'hint 2 tools a_read, b_read: are offered by several servers under the same name, and are told apart by what stands in front',
    ]);
  });

  it('tells every fault of the manifest, and each variable that is not set', async () => {
    const manifest = {
      mcpServers: { s: { command: 'x', env: { A: '${NOT_SET_HERE}' } }, t: { url: 7 } },
      codemode: {},
    };
    const { code, findings, servers } = await examine(manifest);
    expect([code, servers]).to.deep.equal([1, []]);
    const lines = findings.map(({ subject, message }) => `${subject}: ${message}`);
    expect(lines).to.include('line 1: mcpServers.s.env.A: the variable NOT_SET_HERE is not set');
    expect(lines).to.have.length(3);
    expect((await follow(['doctor', '-c', 'none.json'])).out).to.include('toolscript init begins one');
  });

  it('tells of plugins, certificates and languages that cannot be had', async () => {
    const lines = await found({
      plugins: [
        { use: './none.js' },
        { use: 'toolscript/plugins/telemetry/audit', with: { file: 'none/audit.jsonl' } },
      ],
    });
    expect(lines.join('\n'))
      .to.match(/error line 1: plugins\[0\]\.use/)
      .and.include('error the audit trail');
    expect(await found({ http: { port: 0, tls: { cert: 'none.pem', key: 'none.pem' } } })).to.have.length(2);
  });

  it('finds a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    expect(await found({ http: { port } })).to.deep.equal([`warning http: 127.0.0.1:${port} is taken`]);
    expect((await examine({ http: { port } })).code).to.equal(0);
    expect((await examine({ http: { port } }, '--strict')).code).to.equal(1);
    taken.close();
  });

  describe('and secrets', () => {
    const manifest = {
      mcpServers: { s: { ...fixture({ tools: [GOOD] }), env: { S_TOKEN: 'word-1' } } },
      http: { port: 0, auth: { tokens: [{ id: 'me', token: 'word-2-of-some-length' }] } },
    };

    before(function () {
      if (process.platform === 'win32') this.skip();
    });

    it('finds them in a manifest, worse where others may read it, and shows none', async () => {
      await writeFile('toolscript.json', '');
      await chmod('toolscript.json', 0o600);
      const mine = await examine(manifest, '--no-start');
      expect(mine.findings.map(({ severity, message }) => `${severity} ${message}`)).to.deep.equal([
        'warning holds what looks like secrets: s, env S_TOKEN, http.auth.tokens[0]',
      ]);
      await chmod('toolscript.json', 0o644);
      const open = await examine(manifest, '--no-start');
      expect([open.code, open.findings[0]!.severity]).to.deep.equal([1, 'error']);
      expect(mine.all + open.all).not.to.include('word-');
    });

    it('finds none where variables stand', async () => {
      const args = ['--header', 'Authorization:$${AUTH}', '--key', '${S_KEY:-none}'];
      expect(
        await found({ mcpServers: { s: { command: 'x', args, env: { AUTH: '${HOME}' } } } }, '--no-start'),
      ).to.deep.equal([]);
    });

    it('finds a key and a trail that others may read', async () => {
      await writeFile('key.pem', 'x', { mode: 0o644 });
      await writeFile('audit.jsonl', '', { mode: 0o644 });
      const lines = await found({
        http: { port: 0, tls: { cert: 'key.pem', key: 'key.pem' } },
        plugins: [{ use: 'toolscript/plugins/telemetry/audit', with: { file: 'audit.jsonl' } }],
      });
      expect(lines.join('\n'))
        .to.match(/error .*key\.pem: is the private key/)
        .and.match(/warning .*audit\.jsonl: may be read/);
    });
  });

  it('lets no name of a server or a tool steer the terminal', async () => {
    const name = '\u001b[2J\u202e';
    await writeFile(
      'toolscript.json',
      JSON.stringify({
        mcpServers: { [name]: fixture({ tools: [{ ...GOOD, name: `a${name}`, description: '' }] }) },
      }),
    );
    const { out, notes } = await follow(['doctor'], '', true);
    for (const mark of ['\u001b', '\u202e']) expect(out + notes).not.to.include(mark);
  });

  it('tells of each server as it comes, to somebody who watches', async () => {
    await writeFile('toolscript.json', JSON.stringify(one({})));
    expect((await follow(['doctor'], '', true)).notes).to.match(/^s {2}up, 1 tool/);
    expect((await follow(['doctor'])).notes).to.equal('');
  });
});
