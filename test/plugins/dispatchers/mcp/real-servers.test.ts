import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ANONYMOUS } from '../../../../core/index.js';
import { createMcpDispatcher } from '../../../../plugins/dispatchers/mcp/index.js';
import { everything, filesystem, memory } from '../../../support/backends/index.js';
import { everythingOverHttp, type ListeningServer } from '../../../support/backends/everything-over-http.js';
import { call, failureOf, namesOf, textOf } from './calling.js';

describe('real servers', () => {
  let folder: string;
  let overHttp: ListeningServer;
  let overSse: ListeningServer;
  let dispatcher: ReturnType<typeof createMcpDispatcher>;

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'toolscript-')));
    [overHttp, overSse] = await Promise.all([
      everythingOverHttp('streamableHttp'),
      everythingOverHttp('sse'),
    ]);
    dispatcher = createMcpDispatcher({
      servers: {
        everything: everything('stdio', { GIVEN: 'by us' }),
        files: filesystem(folder),
        memory: memory(join(folder, 'memory.jsonl')),
        web: { type: 'http', url: overHttp.url },
        old: { type: 'sse', url: overSse.url },
      },
    });
    await dispatcher.listTools(ANONYMOUS);
  });

  after(async () => {
    await Promise.all([dispatcher.close(), overHttp.close(), overSse.close()]);
    await rm(folder, { recursive: true });
  });

  it('are all up, and the tools that three of them share are told apart', async () => {
    expect(
      dispatcher.backends?.().map(({ name, up, tools }) => `${name} ${String(up)} ${tools}`),
    ).to.deep.equal(['everything true 16', 'files true 14', 'memory true 9', 'web true 16', 'old true 16']);
    const names = await namesOf(dispatcher);
    expect(names).to.have.lengthOf(71);
    expect(names).to.include.members([
      'everything_echo',
      'web_echo',
      'old_echo',
      'read_text_file',
      'read_graph',
    ]);
  });

  for (const server of ['everything', 'web', 'old']) {
    it(`answer, refuse and report progress: ${server}`, async () => {
      expect(textOf(await call(dispatcher, `${server}_get-sum`, { a: 2, b: 40 }))).to.equal(
        'The sum of 2 and 40 is 42.',
      );
      const refused = await call(dispatcher, `${server}_get-sum`, { a: 'two' });
      expect(refused.isError).to.equal(true);
      const steps: number[] = [];
      const args = { duration: 0.03, steps: 3 };
      await call(dispatcher, `${server}_trigger-long-running-operation`, args, {
        onProgress: ({ progress }) => steps.push(progress),
      });
      expect(steps).to.deep.equal([1, 2, 3]);
    });

    it(`are left when the caller leaves: ${server}`, async () => {
      const controller = new AbortController();
      const tool = `${server}_trigger-long-running-operation`;
      const waiting = failureOf(
        call(
          dispatcher,
          tool,
          { duration: 60, steps: 600 },
          {
            signal: controller.signal,
            onProgress: () => controller.abort(),
          },
        ),
      );
      expect(await waiting).to.include({ code: 'cancelled', tool });
    });
  }

  it('get a safe environment and what the configuration adds, nothing else', async () => {
    process.env['TOOLSCRIPT_TEST_SECRET'] = 'hidden';
    const env = JSON.parse(textOf(await call(dispatcher, 'everything_get-env'))) as Record<string, string>;
    delete process.env['TOOLSCRIPT_TEST_SECRET'];
    expect(env).to.include({ GIVEN: 'by us', PATH: process.env['PATH'] });
    expect(env).not.to.have.property('npm_config_cache');
    expect(Object.keys(env).filter((name) => /^(TOOLSCRIPT|MOCHA|NODE)/.test(name))).to.deep.equal([]);
  });

  it('read and write real files', async () => {
    await writeFile(join(folder, 'note.txt'), 'one\ntwo\n');
    const read = await call(dispatcher, 'read_text_file', { path: join(folder, 'note.txt') });
    expect(read.structuredContent).to.deep.equal({ content: 'one\ntwo\n' });
    await call(dispatcher, 'create_entities', {
      entities: [{ name: 'Ada', entityType: 'person', observations: ['writes'] }],
    });
    expect(await readFile(join(folder, 'memory.jsonl'), 'utf8')).to.include('Ada');
  });

  it('keep their annotations, titles and output schemas', async () => {
    const tools = await dispatcher.listTools(ANONYMOUS);
    const tool = tools.find(({ name }) => name === 'read_text_file');
    expect(tool).to.include.keys('title', 'description', 'inputSchema', 'outputSchema', 'annotations');
  });
});
