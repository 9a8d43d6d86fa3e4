import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { expect } from 'chai';

import { VERSION } from '../../../../core/index.js';
import { follow } from '../memory-terminal.js';
import { NewUser } from '../new-user.js';

type Servers = Record<string, Record<string, unknown>>;

/** What is printed: VS Code has other names. */
interface Block {
  readonly mcpServers?: Servers;
  readonly servers?: Servers;
  readonly inputs?: readonly object[];
}

const MANIFEST = {
  mcpServers: {
    s: {
      command: 's',
      env: { A: '${S_TOKEN}', B: '${S_REGION:-eu}', C: '$${PLAIN}', D: '${workspaceFolder}' },
    },
  },
  codeMode: { enabled: true },
  http: { port: 9_000, path: '/tools', auth: { tokens: [{ id: 'me', token: '${MY_TOKEN}' }] } },
};

describe('toolscript config print', () => {
  let user: NewUser;
  beforeEach(async () => (user = await NewUser.arrive()));
  afterEach(() => user.leave());

  const print = async (...args: string[]): Promise<Block> => {
    await writeFile('toolscript.json', JSON.stringify(MANIFEST));
    const { code, out, notes } = await follow(['config', 'print', '--client', ...args]);
    expect(code, notes).to.equal(0);
    return JSON.parse(out) as Block;
  };
  /** The one server of a block. */
  const server = async (...args: string[]) => {
    const block = await print(...args);
    return (block.mcpServers ?? block.servers)!['toolscript']!;
  };

  const variables: readonly (readonly [string, string])[] = [
    ['claude', '<S_TOKEN>'],
    ['claude-code', '${S_TOKEN}'],
    ['cursor', '${env:S_TOKEN}'],
    ['vscode', '${input:s-token}'],
    ['windsurf', '${env:S_TOKEN}'],
  ];
  for (const [client, written] of variables) {
    it(`lets ${client} start the gateway from anywhere, with what the manifest needs`, async () => {
      const { command, args, env } = await server(client);
      expect(command).to.equal(process.execPath);
      const [script, ...rest] = args as string[];
      expect(script).to.match(/^(?:\/|[A-Z]:).*main\.js$/);
      expect(rest).to.deep.equal(['serve', '-c', join(user.project, 'toolscript.json')]);
      expect(env).to.deep.equal({
        S_TOKEN: written,
        MY_TOKEN: written.replace('S_', 'MY_').replace('s-', 'my-'),
      });
    });
  }

  it('asks for variables through VS Code, hidden', async () => {
    const { inputs } = await print('vscode');
    expect(inputs?.[0]).to.deep.equal({
      type: 'promptString',
      id: 's-token',
      description: 'S_TOKEN',
      password: true,
    });
  });

  it('starts it through npx', async () => {
    const { command, args } = await server('cursor', '--npx');
    const words = [command, ...(args as string[])].join(' ');
    expect(words).to.include(
      `npx -y toolscript@${VERSION} serve -c ${join(user.project, 'toolscript.json')}`,
    );
  });

  it('starts it with a file of variables, and leaves to the client what is not in there', async () => {
    await writeFile('secrets.env', "S_TOKEN='word-1'\n");
    const { args, env } = await server('claude', '--secrets', 'secrets.env');
    expect((args as string[])[0]).to.equal(`--env-file=${join(user.project, 'secrets.env')}`);
    expect(env).to.deep.equal({ MY_TOKEN: '<MY_TOKEN>' });
  });

  const addresses: readonly (readonly [string, object])[] = [
    [
      'claude-code',
      {
        type: 'http',
        url: 'http://127.0.0.1:9000/tools',
        headers: { Authorization: 'Bearer ${TOOLSCRIPT_TOKEN}' },
      },
    ],
    [
      'cursor',
      { url: 'http://127.0.0.1:9000/tools', headers: { Authorization: 'Bearer ${env:TOOLSCRIPT_TOKEN}' } },
    ],
    [
      'vscode',
      {
        type: 'http',
        url: 'http://127.0.0.1:9000/tools',
        headers: { Authorization: 'Bearer ${input:toolscript-token}' },
      },
    ],
    [
      'windsurf',
      {
        serverUrl: 'http://127.0.0.1:9000/tools',
        headers: { Authorization: 'Bearer ${env:TOOLSCRIPT_TOKEN}' },
      },
    ],
    [
      'claude',
      {
        command: 'npx',
        args: [
          '-y',
          'mcp-remote',
          'http://127.0.0.1:9000/tools',
          '--header',
          'Authorization:${TOOLSCRIPT_AUTHORIZATION}',
        ],
        env: { TOOLSCRIPT_AUTHORIZATION: 'Bearer <TOOLSCRIPT_TOKEN>' },
      },
    ],
  ];
  for (const [client, expected] of addresses)
    it(`lets ${client} come over HTTP`, async () =>
      expect(await server(client, '--http')).to.deep.equal(expected));

  it('names another address, without a token unless one is told of', async () => {
    const { code, out } = await follow([
      'config',
      'print',
      '--client',
      'cursor',
      '--http',
      'https://tools.example/mcp',
    ]);
    expect([code, JSON.parse(out)]).to.deep.equal([
      0,
      { mcpServers: { toolscript: { url: 'https://tools.example/mcp' } } },
    ]);
    expect(
      await server('cursor', '--http', 'https://tools.example/mcp', '--token-variable', 'TEAM'),
    ).to.deep.equal({
      url: 'https://tools.example/mcp',
      headers: { Authorization: 'Bearer ${env:TEAM}' },
    });
  });

  it('says where to put it, apart from the block', async () => {
    await writeFile('toolscript.json', JSON.stringify({ ...MANIFEST, codeMode: {} }));
    const { notes } = await follow(['config', 'print', '--client', 'claude-code', '--name', 'tools']);
    expect(notes).to.include(join(user.project, '.mcp.json')).and.include('~/.claude.json');
    expect(notes).to.include('claude mcp add-json tools ').and.include('code mode is off');
    const { places } = JSON.parse(
      (await follow(['config', 'print', '--client', 'cursor', '--json'])).out,
    ) as { places: object[] };
    expect(places).to.deep.include({ level: 'user', file: join(user.home, '.cursor/mcp.json') });
  });

  it('is taken for what it is when servers are imported', async () => {
    for (const client of ['claude', 'claude-code', 'cursor', 'vscode', 'windsurf']) {
      for (const how of [[], ['--npx'], ['--http']]) {
        const file = await user.has('project', 'block.json', await print(client, ...how));
        const { out } = await follow([
          'import',
          file,
          '--client',
          client,
          '--dry-run',
          '--json',
          '-c',
          'new.json',
        ]);
        const { servers } = JSON.parse(out) as { servers: object[] };
        expect(servers[0], `${client} ${how.join('')}`).to.include({
          outcome: 'left out',
          reason: 'is toolscript itself',
        });
      }
    }
    expect(existsSync('new.json')).to.equal(false);
  });

  const misuse: readonly (readonly [string[], string])[] = [
    [['--client', 'emacs'], 'Allowed choices are claude'],
    [[], "required option '--client <name>' not specified"],
    [['--client', 'cursor', '--http', 'tools.example'], 'wanted an address'],
    [['--client', 'cursor', '--http', '--token-variable', 'sk-12'], 'wanted the name of a variable'],
    [['--client', 'cursor', '--token-variable', 'T'], 'wanted only together with --http'],
    [['--client', 'cursor', '--name', 'a b'], 'wanted letters'],
    [['--client', 'cursor', '--secrets', 'none.env'], 'there is no such file'],
    [['--client', 'cursor', '-c', 'none.json'], 'toolscript init begins it'],
  ];
  for (const [args, message] of misuse) {
    it(`refuses ${args.join(' ')}`, async () => {
      await writeFile('toolscript.json', '{}');
      const { code, out, notes } = await follow(['config', 'print', ...args]);
      expect(notes).to.include(message);
      expect([code, out]).to.deep.equal([2, '']);
    });
  }
});
