import { expect } from 'chai';
import { ANONYMOUS, type ToolDispatcher } from '../../../../core/index.js';
import { createMcpDispatcher } from '../../../../plugins/dispatchers/mcp/index.js';
import { fixture, modern } from '../../../support/backends/index.js';
import { call, changedUntil, failureOf, gone, isAlive, namesOf, textOf } from './calling.js';

const plain = { type: 'object' };

describe('servers that misbehave', () => {
  let dispatcher: ReturnType<typeof createMcpDispatcher>;
  const diagnostics: string[] = [];

  const problemsOf = (name: string): readonly string[] => stateOf(dispatcher, name).problems;

  before(async () => {
    dispatcher = createMcpDispatcher({
      servers: {
        good: fixture({
          tools: ['echo', 'slow', 'cancelled', 'steps', 'hang', 'fail', 'refuse', 'unlisted'],
        }),
        answers: fixture({ tools: ['text', 'nothing', 'contentless', 'strange', 'big', 'grow'] }),
        hangs: fixture({ faults: ['hangs on initialise'] }),
        exits: fixture({ faults: ['exits at once'] }),
        absent: { command: '/nowhere/at/all' },
        unreachable: { type: 'http', url: 'http://127.0.0.1:9/mcp' },
        asked: fixture({ tools: ['older'], faults: ['exits when asked first'] }),
        noisy: fixture({ tools: ['noise'], faults: ['prints garbage', 'floods stderr'] }),
        endless: fixture({ faults: ['lists for ever'] }),
        circling: fixture({ faults: ['repeats a page'] }),
        listless: fixture({ faults: ['lists no list'] }),
        pages: fixture({ tools: ['page_1', 'page_2', 'page_3'], faults: ['lists in pages'] }),
        broken: fixture({
          tools: [
            { name: 'whole', inputSchema: plain, invented: { kept: true } },
            { name: 'no_schema' },
            { name: 'untyped', inputSchema: {} },
            { name: 'text_schema', inputSchema: { type: 'string' } },
            { name: 7, inputSchema: plain },
            { name: '', inputSchema: plain },
            17,
            { name: 'odd_title', title: 7, inputSchema: plain },
            {
              name: 'poisoned',
              inputSchema: plain,
              outputSchema: { type: 'object', properties: { a: { type: 'bogus' } } },
            },
            { name: 'whole', inputSchema: plain },
            {
              name: 'deep',
              inputSchema: { type: 'object', default: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) },
            },
            null,
          ],
        }),
        modern: modern(),
      },
      connectTimeoutMs: 3_000,
      onDiagnostic: (line) => diagnostics.push(line),
    });
    await dispatcher.listTools(ANONYMOUS);
  });

  after(() => dispatcher.close());

  describe('while starting', () => {
    it('cost their own tools only', async () => {
      const names = await namesOf(dispatcher);
      expect(names).to.include.members([
        'echo',
        'strange',
        'older',
        'noise',
        'page_1',
        'page_2',
        'page_3',
        'era',
      ]);
      const down = (dispatcher.backends?.() ?? []).filter(({ up }) => !up).map(({ name }) => name);
      expect(down).to.have.members(['hangs', 'exits', 'absent', 'unreachable', 'listless']);
    });

    it('say what is wrong with them, in their state and as a diagnostic', () => {
      expect(problemsOf('hangs')).to.deep.equal(['cannot be started: no answer in 3000 ms']);
      expect(problemsOf('exits')).to.deep.equal([
        'cannot be started: the process exited with code 3; its last words: MISSING_TOKEN is not set',
      ]);
      expect(problemsOf('absent')[0]).to.match(/^cannot be started: .*ENOENT/);
      expect(problemsOf('unreachable')[0]).to.match(/^cannot be started: /);
      expect(problemsOf('listless')).to.deep.equal([
        'cannot be started: answered tools/list without a list of tools',
      ]);
      expect(diagnostics).to.include('server "hangs" cannot be started: no answer in 3000 ms');
    });

    it('may print anything on their standard output and flood standard error', async () => {
      expect(stateOf(dispatcher, 'noisy')).to.deep.equal({
        name: 'noisy',
        up: true,
        tools: 1,
        problems: ['prints text on its standard output that is not the protocol'],
      });
      expect((await call(dispatcher, 'noise', { a: 1 })).structuredContent).to.deep.equal({ a: 1 });
    });

    it('may end when they are asked what only newer servers know', async () => {
      expect(problemsOf('asked')).to.deep.equal([]);
      expect((await call(dispatcher, 'older')).isError).to.equal(undefined);
    });
  });

  describe('while listing', () => {
    it('are read to a bound', () => {
      expect(stateOf(dispatcher, 'endless')).to.include({ up: true, tools: 200 });
      expect(problemsOf('endless')).to.deep.equal([
        'lists more than 200 pages of tools: the rest is left out',
      ]);
      expect(stateOf(dispatcher, 'circling')).to.include({ up: true, tools: 1 });
      expect(problemsOf('circling')).to.include(
        'lists the same page of tools again and again: the rest is left out',
      );
      expect(stateOf(dispatcher, 'pages')).to.include({ up: true, tools: 3 });
    });

    it('lose their broken definitions only, and keep unknown fields', async () => {
      const tools = await dispatcher.listTools(ANONYMOUS);
      const of = (name: string): unknown => tools.find((tool) => tool.name === name);
      expect(of('whole')).to.deep.equal({ name: 'whole', inputSchema: plain, invented: { kept: true } });
      expect(of('poisoned')).to.deep.equal({ name: 'poisoned', inputSchema: plain });
      expect(of('untyped')).to.deep.equal({ name: 'untyped', inputSchema: { type: 'object' } });
      expect(stateOf(dispatcher, 'broken').tools).to.equal(3);
      expect(problemsOf('broken').map((problem) => problem.split(':')[0])).to.deep.equal([
        'tool "no_schema" is left out',
        'tool "untyped" has an input schema without "type"',
        'tool "text_schema" is left out',
        'a tool without a name is left out',
        'tool "" is left out',
        'a tool without a name is left out',
        'tool "odd_title" is left out',
        'tool "poisoned" is listed without its output schema, which cannot be compiled',
        'tool "whole" is listed twice',
        'tool "deep" is left out',
        'a tool without a name is left out',
      ]);
    });

    it('lose their broken definitions only in the 2026-07-28 era too', async () => {
      const era = (await dispatcher.listTools(ANONYMOUS)).find(({ name }) => name === 'era');
      expect(era).to.deep.equal({ name: 'era', inputSchema: plain, invented: { kept: true } });
      expect(problemsOf('modern').map((problem) => problem.split(':')[0])).to.deep.equal([
        'tool "broken" is left out',
        'resource "test',
      ]);
      expect((await call(dispatcher, 'era')).structuredContent).to.deep.include({ era: 'modern' });
    });
  });

  describe('while called', () => {
    it('fail the call with the words of the server', async () => {
      expect(await call(dispatcher, 'fail')).to.deep.equal({
        content: [{ type: 'text', text: 'no such order' }],
        isError: true,
      });
      const refused = await failureOf(call(dispatcher, 'refuse'));
      expect(refused).to.include({ code: 'tool/failed', message: 'the disk is full', tool: 'refuse' });
      expect(await failureOf(call(dispatcher, 'unlisted'))).to.include({
        code: 'tool/unknown',
        message: 'Unknown tool: unlisted',
      });
    });

    it('fail the call at once when they answer with what is no result', async () => {
      for (const tool of ['text', 'nothing', 'contentless']) {
        expect(await failureOf(call(dispatcher, tool)), tool).to.include({ code: 'tool/failed' });
      }
      expect(await failureOf(call(dispatcher, 'ask'))).to.include({
        code: 'tool/failed',
        message: 'call ask: the client does not support elicitation/create',
      });
    });

    it('have their results kept as they came', async () => {
      expect(await call(dispatcher, 'strange')).to.deep.equal({
        content: [{ type: 'hologram', depth: 3 }],
        structuredContent: [1, 2],
        extra: { kept: true },
        _meta: { 'x/trace': 7 },
      });
    });

    it('may answer with 50 MB; an answer beyond the bound fails its own call alone', async () => {
      const kept = call(dispatcher, 'slow', { ms: 1 });
      expect(textOf(await call(dispatcher, 'big', { bytes: 50_000_000 }))).to.have.lengthOf(50_000_000);
      expect(await failureOf(call(dispatcher, 'big', { bytes: 70_000_000 }))).to.include({
        code: 'tool/failed',
        message: 'call big: the server answered with 70000079 bytes, at most 67108864 are read',
      });
      expect(textOf(await kept)).to.equal('done');
      expect(stateOf(dispatcher, 'answers').up).to.equal(true);
    });

    it('are passed arguments and _meta, but nothing that speaks of another hop', async () => {
      const meta = {
        traceparent: '00-1-2-03',
        progressToken: 9,
        'io.modelcontextprotocol/protocolVersion': '1999-01-01',
        'io.modelcontextprotocol/clientInfo': { name: 'someone else' },
      };
      const answer = await call(dispatcher, 'echo', { a: [1, { b: null }] }, { meta });
      expect(JSON.parse(textOf(answer))).to.deep.equal({
        arguments: { a: [1, { b: null }] },
        _meta: { traceparent: '00-1-2-03' },
      });
    });

    it('have every step of their progress forwarded, in order', async () => {
      const steps: unknown[] = [];
      await call(dispatcher, 'steps', {}, { onProgress: (step) => steps.push(step) });
      expect(steps).to.deep.equal(
        [1, 2, 3].map((progress) => ({ progress, total: 3, message: `step ${progress}` })),
      );
    });

    it('learn that a call was cancelled, and its caller gets the reason', async () => {
      const controller = new AbortController();
      const waiting = failureOf(call(dispatcher, 'hang', {}, { signal: controller.signal }));
      controller.abort();
      expect(await waiting).to.include({ code: 'cancelled', tool: 'hang' });
      expect(JSON.parse(textOf(await call(dispatcher, 'cancelled')))).to.have.lengthOf(1);
    });

    it('are not asked at all once the signal is aborted', async () => {
      const before = textOf(await call(dispatcher, 'cancelled'));
      expect(await failureOf(call(dispatcher, 'hang', {}, { signal: AbortSignal.abort() }))).to.include({
        code: 'cancelled',
      });
      expect(textOf(await call(dispatcher, 'cancelled'))).to.equal(before);
    });

    it('fail a call of a tool that nobody has', async () => {
      expect(await failureOf(call(dispatcher, 'nowhere'))).to.include({
        code: 'tool/unknown',
        message: 'call a tool: no tool named "nowhere"',
      });
    });
  });

  describe('when their tools change', () => {
    it('are listed again; until then the list stays the very same array', async () => {
      const before = await dispatcher.listTools(ANONYMOUS);
      expect(await dispatcher.listTools(ANONYMOUS)).to.equal(before);
      const grown = changedUntil(dispatcher, async () => (await namesOf(dispatcher)).includes('grown_6'));
      await call(dispatcher, 'answers_grow');
      await grown;
      const later = await dispatcher.listTools(ANONYMOUS);
      expect(later).to.have.lengthOf(before.length + 1);
      expect(await dispatcher.listTools(ANONYMOUS)).to.equal(later);
      expect(stateOf(dispatcher, 'answers').tools).to.equal(7);
    });
  });
});

describe('servers that die', () => {
  const clock = { now: () => performance.now(), after: retryAtOnce };
  let dispatcher: ReturnType<typeof createMcpDispatcher>;

  before(async () => {
    dispatcher = createMcpDispatcher({
      servers: {
        mortal: fixture({ tools: ['crash', 'hang', 'mine'] }),
        other: fixture({ tools: ['yours'] }),
      },
      startupWaitMs: Number.POSITIVE_INFINITY,
      clock,
    });
    await dispatcher.listTools(ANONYMOUS);
  });

  after(() => dispatcher.close());

  it('fail the calls that wait for them, and further ones at once, with backend/unavailable', async () => {
    const waiting = failureOf(call(dispatcher, 'hang'));
    expect(await failureOf(call(dispatcher, 'crash'))).to.include({
      code: 'backend/unavailable',
      message: 'call crash: the connection to server "mortal" was lost',
    });
    expect(await waiting).to.include({ code: 'backend/unavailable', tool: 'hang' });
    expect(await failureOf(call(dispatcher, 'mine'))).to.include({
      code: 'backend/unavailable',
      message: 'call mine: server "mortal" is down: the process exited with code 1',
    });
    expect((await call(dispatcher, 'yours')).isError).to.equal(undefined);
  });

  it('stay listed, are started again, and the list stays the very same array', async () => {
    const before = await dispatcher.listTools(ANONYMOUS);
    expect(before.map(({ name }) => name)).to.include('mine');
    await changedUntil(dispatcher, () => stateOf(dispatcher, 'mortal').up);
    expect((await call(dispatcher, 'mine')).isError).to.equal(undefined);
    expect(await dispatcher.listTools(ANONYMOUS)).to.equal(before);
    expect(stateOf(dispatcher, 'mortal').problems).to.deep.equal([]);
  });

  /** The real clock, but for the wait before a server is started again. */
  function retryAtOnce(delayMs: number, callback: () => void): () => void {
    const timer = setTimeout(callback, delayMs < 20_000 ? 50 : delayMs);
    return () => clearTimeout(timer);
  }
});

describe('closing', () => {
  it('ends stubborn servers and what they started, also before they have started', async () => {
    const faults = ['ignores the end of its input', 'ignores SIGTERM'];
    const stubborn = createMcpDispatcher({ servers: { stubborn: fixture({ tools: ['breed'], faults }) } });
    await stubborn.listTools(ANONYMOUS);
    const pid = Number(textOf(await call(stubborn, 'breed')));
    expect(isAlive(pid)).to.equal(true);
    const hanging = createMcpDispatcher({
      servers: { hanging: fixture({ faults: ['hangs on initialise'] }) },
    });
    await Promise.all([stubborn.close(), hanging.close()]);
    await gone(pid);
    expect(await failureOf(call(stubborn, 'breed'))).to.include({ code: 'backend/unavailable' });
  });
});

function stateOf(
  dispatcher: ToolDispatcher,
  name: string,
): { up: boolean; tools: number; problems: readonly string[] } {
  const state = dispatcher.backends?.().find((backend) => backend.name === name);
  if (state === undefined) throw new Error(`no backend ${name}`);
  return state;
}
