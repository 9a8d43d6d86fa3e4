/** The command as a process of its own: its streams, its signals, its exit codes. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { expect } from 'chai';

import { everything, fixture } from '../../support/backends/index.js';
import { commandLine, killAll, Running } from './running.js';

let folder: string;

const start = (args: readonly string[]): Running => new Running(commandLine(...args), folder);

async function file(name: string, content: string | object): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

interface Message {
  readonly jsonrpc?: string;
  readonly id?: number;
  readonly result?: unknown;
}

/** A client that speaks line by line, and keeps whatever comes that is no message. */
class LineClient {
  readonly strange: string[] = [];
  readonly #running: Running;
  readonly #waiting = new Map<number, (message: Message) => void>();
  #id = 0;

  constructor(running: Running) {
    this.#running = running;
    createInterface(running.child.stdout).on('line', (line) => this.#take(line));
  }

  async open(): Promise<void> {
    const clientInfo = { name: 'line-client', version: '1' };
    await this.ask('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo });
    this.#write({ method: 'notifications/initialized' });
  }

  /** The result of a request. */
  async ask(method: string, params: object = {}): Promise<unknown> {
    this.#id += 1;
    const id = this.#id;
    this.#write({ id, method, params });
    const answer = new Promise<Message>((resolve) => this.#waiting.set(id, resolve));
    const ended = this.#running.ended.then(() => Promise.reject(new Error(this.#running.notes)));
    return (await Promise.race([answer, ended])).result;
  }

  #write(message: object): void {
    this.#running.child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  }

  #take(line: string): void {
    try {
      const message = JSON.parse(line) as Message;
      if (message.jsonrpc !== '2.0') throw new Error('no message');
      this.#waiting.get(message.id ?? -1)?.(message);
    } catch {
      this.strange.push(line);
    }
  }
}

const NOISY = `
  console.log('loaded');
  process.stdout.write('{"half": ');
  export default { name: 'noisy', kind: 'sink', create: () => ({
    record(event) { console.log(event.name); console.info('more'); process.stdout.write('raw'); },
    close() { console.log('closed'); },
  }) };
`;

describe('the command as a process', function () {
  this.timeout(60_000);

  before(async () => (folder = await mkdtemp(join(tmpdir(), 'toolscript-process-'))));
  afterEach(killAll);
  after(() => rm(folder, { recursive: true, force: true }));

  it('serves over stdio with nothing but the protocol on standard output, and ends with its client', async () => {
    await file('noisy.mjs', NOISY);
    await file('toolscript.json', {
      mcpServers: {
        fixture: fixture({ tools: ['echo'], faults: ['prints garbage'] }),
        down: { command: 'no-such-program-anywhere' },
      },
      codeMode: { enabled: true },
      plugins: [{ use: './noisy.mjs' }, { use: 'toolscript/plugins/telemetry/log' }],
    });
    const served = start(['serve']);
    const client = new LineClient(served);
    await client.open();
    const { tools } = (await client.ask('tools/list')) as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name)).to.deep.equal(['echo', 'execute_tool_script']);
    const params = { name: 'execute_tool_script', arguments: { script: 'print("log")\nreturn echo()' } };
    expect(await client.ask('tools/call', params)).to.not.have.property('isError');
    served.child.stdin.end();
    expect(await served.ended).to.equal(0);
    expect(client.strange).to.deep.equal([]);
    expect(served.notes).to.contain('loaded\n').and.to.contain('closed\n');
    expect(served.notes).to.contain(
      'serving on standard input and output: 2 servers behind us, code mode on',
    );
    expect(served.notes).to.contain('warning: server "down" ');
    expect(served.notes).to.contain('"event":"script.finished"');
    expect(served.notes).not.to.contain('print("log")');
  });

  it("serves a client's own file as a plain gateway", async () => {
    const config = await file('claude.json', { mcpServers: { all: everything() }, globalShortcut: 'x' });
    const served = start(['serve', '-c', config]);
    const client = new LineClient(served);
    await client.open();
    const { tools } = (await client.ask('tools/list')) as { tools: { name: string }[] };
    expect(tools.map(({ name }) => name))
      .to.include('echo')
      .and.not.to.include('execute_tool_script');
    served.child.stdin.end();
    expect(await served.ended).to.equal(0);
    expect(served.notes).to.contain('code mode off (codeMode.enabled or --code-mode switches it on)');
  });

  it('ends in order with a client that reads no answers', async () => {
    const config = await file('plain.json', { mcpServers: { fixture: fixture({ tools: ['echo'] }) } });
    const served = start(['serve', '-c', config]);
    await served.said(/serving on/);
    served.child.stdout.destroy();
    const client = new LineClient(served);
    client.open().catch(() => undefined);
    client.open().catch(() => undefined);
    served.child.stdin.end();
    expect(await served.ended).to.equal(0);
    expect(served.notes.split('\n').slice(1)).to.deep.equal(['']);
  });

  it('serves over HTTP where it says, and ends in order when it is asked to', async () => {
    const config = await file('http.json', {
      mcpServers: { all: everything() },
      http: { port: 0, path: '/x' },
    });
    const served = start(['serve', '--http', '--code-mode', '-c', config]);
    const [, url = ''] = await served.said(
      /serving on (http:\/\/127\.0\.0\.1:\d+\/x): 1 server behind us, code mode on/,
    );
    const client = new Client({ name: 'test', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(new URL(url)));
    const script = 'return echo(message="hi")';
    const result = await client.callTool({ name: 'execute_tool_script', arguments: { script } });
    expect(result.structuredContent).to.deep.equal({ result: 'Echo: hi' });
    await client.close();
    served.child.kill('SIGTERM');
    expect(await served.ended).to.equal(0);
    expect(served.out).to.equal('');
  });

  it('ends a script when it is interrupted, and tells what was already done', async () => {
    const path = await file('slow.star', 'echo()\nprogress(1, 2, "half way")\nhang()\n');
    await file(
      'watch.mjs',
      `export default { name: 'watch', kind: 'sink', create: () => ({
      record(event) { if (event.name === 'tool.called') process.stderr.write('called\\n'); } }) };`,
    );
    const config = await file('slow.json', {
      mcpServers: { fixture: fixture({ tools: ['echo', 'hang'] }) },
      plugins: [{ use: './watch.mjs' }],
    });
    const ran = start(['run', path, '-c', config, '--timeline']);
    await ran.said(/called/);
    ran.child.kill('SIGINT');
    expect(await ran.ended).to.equal(130);
    expect(ran.notes).to.match(/slow\.star(:\d+:\d+)?: cancelled: /);
    expect(ran.notes, 'colours in a pipe').not.to.contain('\u001b');
    expect(ran.notes)
      .to.match(/echo .* m?s\n/)
      .and.to.match(/hang .* no answer yet\n/);
    expect(ran.out).to.equal('');
  });

  it('ends quietly when nobody reads on', async () => {
    const config = await file('many.json', { mcpServers: { all: everything() } });
    const listed = start(['tools', 'list', '-c', config, '--json']);
    listed.child.stdout.destroy();
    expect(await listed.ended).to.equal(0);
    expect(listed.notes).to.equal('');
  });

  it('ends, though nobody reads its diagnostics either and a plugin leaves a timer running', async () => {
    await file(
      'open.mjs',
      `setInterval(() => {}, 1000);
      export default { name: 'open', kind: 'sink', create: () => ({ record() {} }) };`,
    );
    const config = await file('open.json', { plugins: [{ use: './open.mjs' }] });
    const path = await file('big.star', 'return ["x" * 1000 for _ in range(500)]');
    const ran = start(['run', path, '-c', config, '--timeline']);
    ran.child.stdout.destroy();
    ran.child.stderr.destroy();
    expect(await ran.ended).to.equal(0);
  });
});
