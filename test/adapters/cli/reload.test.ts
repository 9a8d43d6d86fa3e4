/** An edited manifest, taken up by the command as a process of its own, in front of real servers. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { expect } from 'chai';

import { fixture } from '../../support/backends/index.js';
import { OWN_COMMAND, OWN_ENVIRONMENT } from '../../support/own-command.js';
import { gone, isAlive } from '../../plugins/dispatchers/mcp/calling.js';

const ARGS = [...OWN_COMMAND, 'serve', '-c', 'toolscript.json'];
const ACCESS_LIST = 'toolscript/plugins/limits/access-list';
/** What a process writes to its error output, line by line as the test asks for it. */
class Notes {
  text = '';
  readonly #stream: Readable;

  constructor(stream: Readable) {
    this.#stream = stream;
    stream.on('data', (data: Buffer) => (this.text += data.toString()));
  }

  /** Waits for the next text that fits; what comes before it is behind us then. */
  async next(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.text);
      if (match !== null) {
        this.text = this.text.slice(match.index + match[0].length);
        return match;
      }
      await once(this.#stream, 'data');
    }
  }
}

/** A client that counts how often it is told of other tools. */
class Told {
  count = 0;
  readonly client: Client;
  #waiting: (() => void)[] = [];

  constructor(mode: 'legacy' | 'auto') {
    const onChanged = (): void => {
      this.count += 1;
      this.#waiting.splice(0).forEach((go) => go());
    };
    this.client = new Client(
      { name: 'told', version: '1' },
      {
        versionNegotiation: { mode },
        listChanged: { tools: { autoRefresh: false, debounceMs: 0, onChanged } },
      },
    );
  }

  /** Waits until it was told so often. */
  async times(count: number): Promise<void> {
    while (this.count < count) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async names(): Promise<string[]> {
    return (await this.client.listTools()).tools.map(({ name }) => name);
  }

  async call(name: string, args: Record<string, unknown> = {}): Promise<unknown> {
    const { structuredContent, content } = await this.client.callTool({ name, arguments: args });
    const [first] = content as { text?: string }[];
    return structuredContent ?? first?.text;
  }

  script(script: string, data = {}): Promise<unknown> {
    return this.call('execute_tool_script', { script, data });
  }
}

const KEPT = { ...fixture({ tools: ['pid'] }) };
const LEAVING = { ...fixture({ tools: ['pid', 'wait'] }) };
const COMING = { ...fixture({ tools: ['echo'] }) };

describe('an edited manifest', function () {
  this.timeout(60_000);
  let folder: string;
  let child: ChildProcess | undefined;
  const clients: Client[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-reload-'));
  });
  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close().catch(() => undefined)));
    if (child?.exitCode === null) {
      child.kill('SIGKILL');
      await once(child, 'close');
    }
    child = undefined;
    await rm(folder, { recursive: true, force: true });
  });

  /** Replaces the manifest in one step. */
  async function write(manifest: object | string): Promise<void> {
    const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest);
    await writeFile(join(folder, 'next.json'), text);
    await rename(join(folder, 'next.json'), join(folder, 'toolscript.json'));
  }

  async function serve(...args: string[]): Promise<{ url: URL; notes: Notes; pid: number }> {
    const served = spawn(process.execPath, [...ARGS, '--http', '--port', '0', ...args], {
      cwd: folder,
      env: OWN_ENVIRONMENT,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    child = served;
    const notes = new Notes(served.stderr);
    const [, url = ''] = await notes.next(/serving on (\S+): .*\n/);
    return { url: new URL(url), notes, pid: served.pid! };
  }

  async function connect(transport: Transport, mode: 'legacy' | 'auto'): Promise<Told> {
    const told = new Told(mode);
    await told.client.connect(transport);
    clients.push(told.client);
    return told;
  }

  const overHttp = (url: URL, mode: 'legacy' | 'auto'): Promise<Told> =>
    connect(new StreamableHTTPClientTransport(url), mode);

  const first = { mcpServers: { keep: KEPT, leave: LEAVING }, codeMode: { enabled: true } };
  const second = { mcpServers: { keep: KEPT, come: COMING }, codeMode: { enabled: true } };

  it('reaches clients of both eras while their sessions, servers that stay and scripts under way go on', async () => {
    await write(first);
    const { url, notes } = await serve();
    const transport = new StreamableHTTPClientTransport(url);
    const older = await connect(transport, 'legacy');
    const newer = await overHttp(url, 'auto');
    const session = transport.sessionId;
    const kept = await older.call('keep_pid');
    const leaving = Number(await older.call('leave_pid'));

    const flag = join(folder, 'flag');
    const script = older.script('a = leave_pid()\nwait(path=path)\nreturn [a, leave_pid(), keep_pid()]', {
      path: flag,
    });
    await write(second);
    await notes.next(/reloaded: added come, removed leave, code mode on\n/);
    await Promise.all([older.times(1), newer.times(1)]);
    for (const client of [older, newer]) {
      expect(await client.names()).to.deep.equal(['echo', 'pid', 'execute_tool_script']);
      expect(await client.call('pid')).to.equal(kept);
      expect(await client.call('echo', { a: 1 })).to.deep.equal({ a: 1 });
    }
    expect(isAlive(leaving)).to.equal(true);
    await writeFile(flag, '');
    expect(await script).to.deep.equal({ result: [leaving, leaving, Number(kept)] });
    await gone(leaving);
    expect(transport.sessionId).to.equal(session);
  });

  it('is refused with its faults when it is invalid, and what was in use stays', async () => {
    await write(first);
    const { url, notes } = await serve();
    const client = await overHttp(url, 'legacy');
    const before = await client.names();

    await write('{ "mcpServers": ');
    await notes.next(/error: read manifest .*: line 1, column \d+: .*\nnot reloaded: .*\n/);
    await write({ mcpServers: { keep: { comand: 'x' } }, codeMod: {} });
    const [faults] = await notes.next(/2 faults\n[^]*not reloaded: what was in use stays in use\n/);
    expect(faults).to.include('found "comand", wanted "command"').and.to.include('wanted "codeMode"');
    await write({ ...first, plugins: [{ use: './none.js' }] });
    await notes.next(/plugins\[0\]\.use: found no such module[^]*not reloaded/);
    const clashing = { ...first, aggregation: { conflicts: 'manual' } };
    await write(clashing);
    await notes.next(/several servers offer "pid" of "keep" and "leave"[^]*not reloaded/);
    await rm(join(folder, 'toolscript.json'));
    await notes.next(/not reloaded/);

    expect(await client.names()).to.deep.equal(before);
    await write(second);
    await notes.next(/reloaded: /);
    await client.times(1);
    expect(client.count, 'told of what changed, and of nothing else').to.equal(1);
  });

  it('may change aggregation, limits and code mode; what it may not is said', async () => {
    await write(first);
    const { url, notes } = await serve();
    const client = await overHttp(url, 'legacy');
    const kept = await client.call('keep_pid');

    const renamed = { keep: { ...KEPT, prefix: 'k.' }, leave: { ...LEAVING, tools: ['wait'] } };
    await write({
      mcpServers: renamed,
      codeMode: { enabled: true, limits: { toolCalls: 1 } },
      http: { port: 1 },
    });
    await notes.next(
      /reloaded: changed keep and leave, code mode on\n.*only a restart takes up http\.port\n/,
    );
    await client.times(1);
    expect(await client.names()).to.deep.equal(['k.pid', 'wait', 'execute_tool_script']);
    expect(await client.call('k.pid')).to.equal(kept);
    expect(await client.script('return [call_tool("k.pid"), call_tool("k.pid")]')).to.have.nested.property(
      'error.code',
      'limit/tool-calls',
    );

    await write({ mcpServers: renamed, http: { port: 1 } });
    await notes.next(/code mode off\n/);
    await client.times(2);
    expect(await client.names()).to.deep.equal(['k.pid', 'wait']);
    const refused = await client.script('return 1').catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Error).with.property('message').that.includes('no tool named');
  });

  it('may switch the optimizer on and off', async () => {
    const server = { mcpServers: { keep: KEPT, leave: LEAVING }, codeMode: { enabled: true } };
    await write(server);
    const { url, notes } = await serve();
    const clients = await Promise.all((['legacy', 'auto'] as const).map((mode) => overHttp(url, mode)));
    const kept = await clients[0]!.call('keep_pid');
    await write({ ...server, optimizer: { enabled: true, pinned: ['wait'] } });
    await notes.next(/reloaded: the same servers, code mode on, optimizer on\n/);
    for (const client of clients) {
      await client.times(1);
      const listed = ['find_tool', 'call_tool', 'wait', 'execute_tool_script'];
      expect(await client.names()).to.deep.equal(listed);
      expect(await client.call('call_tool', { tool_name: 'keep_pid', parameters: {} })).to.equal(kept);
    }
    await write(server);
    await notes.next(/reloaded: the same servers, code mode on\n/);
    for (const client of clients) {
      await client.times(2);
      expect(await client.names())
        .to.include('keep_pid')
        .and.not.to.include('find_tool');
      expect(await client.call('keep_pid')).to.equal(kept);
    }
  });

  it('serves an optimizer without code mode, to each caller what it may call', async () => {
    const [ann, ben] = ['anns-token-0123456789', 'bens-token-0123456789'];
    const rules = [
      { callers: { ids: ['ann'] }, allow: { tools: ['*'] } },
      { callers: { ids: ['ben'] }, allow: { tools: ['*_pid'] } },
    ];
    await write({
      mcpServers: { keep: KEPT, leave: LEAVING },
      plugins: [{ use: ACCESS_LIST, with: { rules } }],
      http: {
        auth: {
          tokens: [
            { id: 'ann', token: ann },
            { id: 'ben', token: ben },
          ],
        },
      },
    });
    const { url } = await serve('--optimizer');
    for (const mode of ['legacy', 'auto'] as const) {
      for (const [token, finds] of [
        [ann, true],
        [ben, false],
      ] as const) {
        const requestInit = { headers: { authorization: `Bearer ${token}` } };
        const client = await connect(new StreamableHTTPClientTransport(url, { requestInit }), mode);
        expect(await client.names()).to.deep.equal(['find_tool', 'call_tool']);
        const found = JSON.stringify(await client.call('find_tool', { tool_description: 'wait or pid' }));
        expect(found).to.contain('leave_pid').and.not.contain('toolscript/call');
        expect(found.includes('"wait"')).to.equal(finds);
        const script = await client.call('call_tool', { tool_name: 'execute_tool_script', parameters: {} });
        expect(script).to.have.nested.property('error.code', 'tool/unknown');
        const waited = await client.call('call_tool', { tool_name: 'wait', parameters: { path: folder } });
        expect(JSON.stringify(waited).includes('tool not found: wait')).to.equal(!finds);
      }
    }
  });

  it('loses no call, however often it changes', async () => {
    const alone = { mcpServers: { keep: KEPT }, codeMode: { enabled: true } };
    await write(alone);
    const { url, notes } = await serve();
    const callers = await Promise.all(
      (['legacy', 'auto', 'legacy', 'auto'] as const).map((mode) => overHttp(url, mode)),
    );
    let isOver = false;
    let calls = 0;
    const pids = new Set<unknown>();
    const calling = callers.map(async (caller) => {
      while (!isOver) {
        pids.add(await caller.call('pid'));
        pids.add(((await caller.script('return pid()')) as { result: number }).result.toString());
        calls += 2;
      }
    });
    for (let round = 0; round < 6; round += 1) {
      await write({ ...alone, mcpServers: { keep: KEPT, ...(round % 2 === 0 && { come: COMING }) } });
      await Promise.race([notes.next(/reloaded: (added|removed) come.*\n/), Promise.all(calling)]);
    }
    isOver = true;
    await Promise.all(calling);
    expect(pids.size).to.equal(1);
    expect(calls).to.be.greaterThan(8);
  });

  it('may let other callers in, and put others out', async () => {
    const [old, fresh] = ['old-token-0123456789', 'new-token-0123456789'];
    const letting = (token: string): object => ({
      ...first,
      http: { auth: { tokens: [{ id: 'ann', token }] } },
    });
    await write(letting(old));
    const { url, notes } = await serve();
    const bearing = (token: string): Promise<Told> =>
      connect(
        new StreamableHTTPClientTransport(url, {
          requestInit: { headers: { authorization: `Bearer ${token}` } },
        }),
        'auto',
      );
    const before = await bearing(old);
    expect(await before.names()).to.include('keep_pid');
    await write(letting(fresh));
    const [said] = await notes.next(/reloaded: .*\n/);
    expect(said).to.equal('reloaded: the same servers, code mode on\n');
    const refused = await before.call('keep_pid').catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Error);
    expect(await (await bearing(fresh)).names()).to.include('keep_pid');
    await write(first);
    await notes.next(/only a restart takes up http\.auth\n/);
    const stranger = await overHttp(url, 'auto').catch((error: unknown) => error);
    expect(stranger, 'nobody comes in without a token').to.be.instanceOf(Error);
  });

  it('is taken up on SIGHUP, and with --no-watch on nothing else', async () => {
    await write(first);
    const { url, notes, pid } = await serve('--no-watch');
    const client = await overHttp(url, 'legacy');
    const kept = await client.call('keep_pid');
    await write('{ not yet');
    await write(second);
    process.kill(pid, 'SIGHUP');
    const [said] = await notes.next(/^[^]*?reloaded: .*\n/);
    expect(said).to.equal('reloaded: added come, removed leave, code mode on\n');
    await client.times(1);
    expect(await client.call('pid')).to.equal(kept);
    process.kill(pid, 'SIGHUP');
    await notes.next(/reloaded: the same servers, code mode on\n/);
    expect(await client.call('pid')).to.equal(kept);
    process.kill(pid, 'SIGTERM');
    const [code] = (await once(child!, 'close')) as [number | null];
    expect(code).to.equal(0);
    await gone(Number(kept));
  });

  it('reaches a client over stdio', async () => {
    await write(first);
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: ARGS,
      cwd: folder,
      env: OWN_ENVIRONMENT,
      stderr: 'pipe',
    });
    const notes = new Notes(transport.stderr as Readable);
    const client = await connect(transport, 'legacy');
    const kept = await client.call('keep_pid');
    await write(second);
    await notes.next(/reloaded: added come, removed leave, code mode on\n/);
    await client.times(1);
    expect(await client.names()).to.deep.equal(['echo', 'pid', 'execute_tool_script']);
    expect(await client.call('pid')).to.equal(kept);
  });
});
