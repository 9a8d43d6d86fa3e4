import { rm } from 'node:fs/promises';
import { connect } from 'node:net';

import { expect } from 'chai';

import type {
  ConsoleState,
  ConsoleTool,
  Mark,
  RunRecord,
  StartedRun,
} from '../../../../adapters/console/api.js';
import { RunRecorder } from '../../../../adapters/console/record/index.js';
import { openConsole, type ConsoleDoor } from '../../../../adapters/console/server/index.js';
import { createCodeMode, defineTool } from '../../../../adapters/library/index.js';
import type { CodeMode } from '../../../../core/index.js';
import { createAccessList } from '../../../../plugins/limits/access-list/index.js';
import { until } from '../../../support/test-tools.js';
import { ask, follow, post } from './console-client.js';
import { pageStandIn } from './page-stand-in.js';

const HOSTILE = '<img src=x onerror=alert(1)>';

const read = defineTool({
  name: 'read',
  description: HOSTILE,
  inputSchema: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] },
  call: ({ n }) => ({ text: HOSTILE, n: Number(n) }),
});
const hang = defineTool({
  name: 'hang',
  description: 'Never answers.',
  inputSchema: { type: 'object' },
  call: () => new Promise<never>(() => undefined),
});

describe('the server of the console', () => {
  let folder: string;
  let codeMode: CodeMode;
  let recorder: RunRecorder;
  let door: ConsoleDoor;

  before(async () => {
    folder = await pageStandIn();
  });
  beforeEach(async () => {
    recorder = new RunRecorder();
    const limits = await createAccessList({
      default: 'allow',
      rules: [{ callers: { ids: ['hr'] }, deny: { console: true } }],
    });
    codeMode = await createCodeMode({ tools: [read, hang], limits, sinks: [recorder] });
    door = await openConsole({
      recorder,
      codeMode,
      page: folder,
      caller: () => ({ id: 'operator' }),
      offers: () => ({ codeMode: true, optimizer: false }),
    });
  });
  afterEach(async () => {
    await door.close();
    await codeMode.close();
  });
  after(() => rm(folder, { recursive: true }));

  const get = (path: string, headers: Record<string, string> = {}) => ask(door, { path, headers });

  async function ran(script: string): Promise<RunRecord> {
    const { id } = (await post(door, '/api/runs', { script })).json as StartedRun;
    await until(() => recorder.run(id)?.state === 'finished');
    return (await get(`/api/runs/${id}`)).json as RunRecord;
  }

  describe('lets nobody else in:', () => {
    const PATHS = [
      '/api/state',
      '/api/runs',
      '/api/tools',
      '/api/usage',
      '/api/events',
      '/api/runs/x/file',
      '/nothing',
    ];

    for (const authorization of [
      '',
      'Bearer',
      'Bearer wrong',
      'Basic eDp5',
      `Bearer ${'x'.repeat(10_000)}`,
    ]) {
      it(`without the token (${authorization.slice(0, 20)})`, async () => {
        for (const path of PATHS) {
          const { status, json } = await ask(door, { path, authorization });
          expect(status).to.equal(401);
          expect(json).to.have.property('code', 'request/invalid');
        }
        const headers = { 'content-type': 'application/json' };
        const run = {
          method: 'POST',
          path: '/api/runs',
          headers,
          body: '{"script":"return 1"}',
          authorization,
        };
        expect((await ask(door, run)).status).to.equal(401);
        expect(recorder.runs()).to.deep.equal([]);
      });
    }

    it('with the token anywhere but in its header', async () => {
      const { token } = door;
      const path = `/api/state?token=${token}`;
      const headers = { cookie: `token=${token}` };
      expect((await ask(door, { path, headers, authorization: '' })).status).to.equal(401);
    });

    for (const host of [
      'evil.example',
      'evil.example:80',
      '127.0.0.1',
      'localhost:1',
      '127.0.0.1.evil.example',
    ]) {
      it(`by the name ${host}`, async () => {
        const { status } = await get('/api/state', { host });
        expect(status).to.equal(403);
        expect((await get('/', { host })).status).to.equal(403);
      });
    }

    it('from a page of another origin, of another port too', async () => {
      for (const origin of [
        'https://evil.example',
        'null',
        `https://127.0.0.1:${door.port}`,
        'http://127.0.0.1:1',
      ]) {
        expect((await get('/api/state', { origin })).status, origin).to.equal(403);
      }
      for (const site of ['cross-site', 'same-site', 'x']) {
        expect((await get('/api/state', { 'sec-fetch-site': site })).status, site).to.equal(403);
      }
      const own = { origin: `http://localhost:${door.port}`, 'sec-fetch-site': 'same-origin' };
      expect((await get('/api/state', { ...own, host: `localhost:${door.port}` })).status).to.equal(200);
    });

    it('by a way out of the folder of its page', async () => {
      const ways = [
        '/../package.json',
        '/%2e%2e/package.json',
        '/page.js/../../x',
        '/..%2fx',
        '/trace.js',
        '//page.js',
        '/page.js%00',
      ];
      for (const path of ways) {
        const { status, text } = await get(path);
        expect(status, path).to.equal(404);
        expect(text).not.to.include('the text of');
      }
    });

    it('over any address but loopback', () => {
      expect(door.url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/#token=[\w-]{43}$/);
    });
  });

  it('sends its page under a strict policy, and no header that lets others read it', async () => {
    for (const [path, type] of [
      ['/', 'text/html'],
      ['/page.js', 'text/javascript'],
      ['/page.css', 'text/css'],
    ] as const) {
      const { headers, text, status } = await ask(door, { path, authorization: '' });
      expect([status, text]).to.deep.equal([
        200,
        `the text of ${path === '/' ? 'index.html' : path.slice(1)}`,
      ]);
      expect(headers['content-type']).to.equal(`${type}; charset=utf-8`);
    }
    for (const path of ['/', '/api/state', '/nothing']) {
      const { headers } = await get(path);
      const policy = headers['content-security-policy'] as string;
      expect(policy.split('; ')).to.include.members([
        "default-src 'none'",
        "script-src 'self'",
        "frame-ancestors 'none'",
      ]);
      expect(policy).not.to.match(/unsafe|\*|https?:/);
      expect(headers).to.include({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-store',
      });
      expect(headers).not.to.have.property('access-control-allow-origin');
      expect(headers).not.to.have.property('set-cookie');
    }
  });

  it('tells what it stands before, and its tools', async () => {
    const state = (await get('/api/state')).json as ConsoleState;
    expect(state).to.deep.include({
      languages: ['starlark'],
      codeMode: true,
      optimizer: false,
      backends: [],
    });
    expect(state.names).to.include.members(['parallel', 'for', 'json']);
    expect(state.limits.toolCalls).to.equal(1_000);
    const tools = (await get('/api/tools')).json as ConsoleTool[];
    expect(tools.map(({ name }) => name)).to.deep.equal(['hang', 'read']);
    expect(tools[1]).to.deep.include({ scriptName: 'read', signature: 'read(n: int)', description: HOSTILE });
    const found = (await get('/api/tools?search=never%20answers')).json as ConsoleTool[];
    expect(found[0]?.name).to.equal('hang');
  });

  it('checks a script, and runs it as any other', async () => {
    const marks = (await post(door, '/api/check', { script: 'raed(1)\nx' })).json as Mark[];
    expect(marks.map(({ code, position }) => [code, position?.line])).to.deep.equal([
      ['script/name', 1],
      ['script/name', 2],
    ]);
    expect((await post(door, '/api/check', { script: 'return 1' })).json).to.deep.equal([]);
    const run = await ran('print("hi")\nreturn [read(n=i).n for i in range(2)]');
    expect(run).to.deep.include({
      from: 'console',
      caller: 'operator',
      code: 'ok',
      result: '[0,1]',
      logs: ['hi'],
    });
    expect(run.calls.map(({ position, state }) => [position?.line, state])).to.deep.equal([
      [2, 'succeeded'],
      [2, 'succeeded'],
    ]);
  });

  it('cancels what it started, and nothing else', async () => {
    const { id } = (await post(door, '/api/runs', { script: 'hang()' })).json as StartedRun;
    await until(() => recorder.run(id)?.calls[0]?.state === 'running');
    const cancel = (other: string) => ask(door, { method: 'DELETE', path: `/api/runs/${other}` });
    expect((await cancel('x')).status).to.equal(404);
    expect((await cancel(id)).status).to.equal(200);
    await until(() => recorder.run(id)?.state === 'finished');
    expect(recorder.run(id)?.code).to.equal('cancelled');
    await until(() => true);
    expect((await cancel(id)).status).to.equal(404);
  });

  it('runs a handful of scripts at once, and no more', async () => {
    const answers = await Promise.all(
      Array.from({ length: 9 }, () => post(door, '/api/runs', { script: 'hang()' })),
    );
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([...Array<number>(8).fill(200), 429]);
  });

  it('tells runs as they happen, of other clients too, each script once', async () => {
    const isOver = (run: RunRecord): boolean => run.state === 'finished';
    const messages = await follow(
      door,
      (message) => message.type === 'run' && isOver(message.run),
      () => codeMode.run({ script: 'return parallel([lambda: read(n=1), lambda: read(n=2)])' }),
    );
    const runs = messages.flatMap((message) => (message.type === 'run' ? [message.run] : []));
    expect(runs.filter(({ script }) => script !== undefined)).to.have.length(1);
    expect(runs.at(-1)).to.deep.include({ from: 'library', caller: 'anonymous', state: 'finished' });
    expect(runs.at(-1)?.calls).to.have.length(2);
  });

  it('tells of a long run seldom, and at its end how it ended', async () => {
    const script = 'for i in range(900):\n    read(n=i)';
    const messages = await follow(
      door,
      (message) => message.type === 'run' && message.run.state === 'finished',
      () => codeMode.run({ script }),
    );
    expect(messages.length).to.be.lessThan(100);
    expect(messages.findLast(({ type }) => type === 'run')).to.have.nested.property('run.calls.length', 900);
  });

  it('shows nothing of what the scripts hold of a caller whose policy keeps them', async () => {
    const script = 'print("planted log")\nx = "planted text"\nread(n=1)\nfail("planted error")';
    const seen = await follow(
      door,
      (message) => message.type === 'run' && message.run.state === 'finished',
      () => codeMode.run({ script, caller: { id: 'hr' }, data: { planted: 'planted data' } }),
    );
    const [{ id }] = recorder.runs() as [RunRecord];
    const texts = [
      JSON.stringify(seen),
      (await get('/api/runs')).text,
      (await get(`/api/runs/${id}`)).text,
      (await get(`/api/runs/${id}/file`)).text,
    ];
    expect(texts.join('\n')).not.to.include('planted').and.not.include('onerror');
    expect(recorder.run(id)).to.deep.include({ caller: 'hr', code: 'script/runtime' });
    expect(recorder.run(id)?.error).to.have.property('message', 'the script failed while running');
  });

  it('hands out a run as a file', async () => {
    const { id } = await ran('return read(n=1)');
    const { headers, text } = await get(`/api/runs/${id}/file`);
    expect(headers['content-disposition']).to.equal(`attachment; filename="run-${id}.html"`);
    expect(text).to.include('the text of trace.js').and.include('the text of trace.css');
    expect(text).not.to.include(HOSTILE);
  });

  describe('refuses', () => {
    const BODIES: readonly [what: string, body: string, type: string, status: number][] = [
      ['what is no JSON', '{', 'application/json', 400],
      ['what is no object', '[1]', 'application/json', 400],
      ['no script', '{}', 'application/json', 400],
      ['a script that is no text', '{"script":7}', 'application/json', 400],
      ['data that is no object', '{"script":"","data":[]}', 'application/json', 400],
      ['a form of another page', 'script=1', 'application/x-www-form-urlencoded', 415],
      ['plain text', '{"script":"x"}', 'text/plain', 415],
      ['a body that is too large', `{"script":"${'x'.repeat(33 * 1024 * 1024)}"}`, 'application/json', 413],
    ];
    for (const [what, body, type, status] of BODIES) {
      it(what, async () => {
        const headers = { 'content-type': type };
        const answered = await ask(door, { method: 'POST', path: '/api/runs', headers, body }).catch(
          (error: unknown) => error as NodeJS.ErrnoException,
        );
        // The rest of a huge body is not read: its sender may learn so before it reads why.
        if ('status' in answered) expect(answered.status).to.equal(status);
        else expect(answered.code).to.be.oneOf(['EPIPE', 'ECONNRESET']);
        expect(recorder.runs()).to.deep.equal([]);
      });
    }

    it('methods and places that there are not', async () => {
      const strange = [
        'PUT /api/runs',
        'GET /api',
        'GET /api/',
        'GET /api/__proto__',
        'DELETE /api/state',
        'POST /',
      ];
      for (const line of strange) {
        const [method, path] = line.split(' ') as [string, string];
        expect((await ask(door, { method, path })).status, line).to.equal(404);
      }
    });

    it('more pages at once than it has room for', async () => {
      const { port, token } = door;
      const line = `GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAuthorization: Bearer ${token}\r\n\r\n`;
      const answers = await Promise.all(
        Array.from({ length: 17 }, async () => {
          const socket = connect(port, '127.0.0.1');
          socket.write(line);
          return new Promise<string>((resolve) => socket.once('data', (data) => resolve(data.toString())));
        }),
      );
      expect(answers.filter((text) => text.startsWith('HTTP/1.1 200'))).to.have.length(16);
      expect(answers.filter((text) => text.startsWith('HTTP/1.1 429'))).to.have.length(1);
    });
  });

  it('ends its streams and its scripts when it is closed, and forgets', async () => {
    await post(door, '/api/runs', { script: 'hang()' });
    await follow(
      door,
      () => false,
      () => door.close(),
    );
    await door.close();
    expect(recorder.runs()).to.deep.equal([]);
    const refused: unknown = await get('/').catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'ECONNREFUSED');
  });

  it('says that a port is taken', async () => {
    const options = { recorder, codeMode, page: folder, caller: () => ({ id: 'x' }), port: door.port };
    const thrown: unknown = await openConsole({
      ...options,
      offers: () => ({ codeMode: true, optimizer: false }),
    }).catch((error: unknown) => error);
    expect(thrown).to.include({ code: 'config/invalid' });
    expect(String(thrown)).to.include(`port ${door.port} cannot be used (EADDRINUSE)`);
  });
});
