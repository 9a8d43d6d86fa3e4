import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createMcpDispatcher, type ServerConfig } from '../../../../../plugins/dispatchers/mcp/index.js';
import { ANONYMOUS, type BackendState, type Clock, type ToolDispatcher } from '../../../../../core/index.js';
import { puppet, type PuppetPlan } from '../../../../support/backends/index.js';
import { call, changedUntil, failureOf, namesOf, textOf } from '../calling.js';

const ERAS = ['2025-11-25', '2026-07-28'] as const;
type Dispatcher = ToolDispatcher & { close(): Promise<void> };

/** The real clock, but for the wait before a server is started again, which the test ends. */
class RetryClock implements Clock {
  /** The waits so far, in milliseconds. */
  readonly waits: number[] = [];
  #retry: (() => void) | undefined;
  readonly #timeoutMs: number;

  /** `timeoutMs` is how long servers may take to start: every other wait is one before a retry. */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  now(): number {
    return performance.now();
  }

  after(delayMs: number, callback: () => void): () => void {
    if (delayMs === this.#timeoutMs) {
      const timer = setTimeout(callback, delayMs);
      return () => clearTimeout(timer);
    }
    this.waits.push(delayMs);
    this.#retry = callback;
    return () => (this.#retry = undefined);
  }

  /** The server is started again now. */
  retry(): void {
    const retry = this.#retry;
    this.#retry = undefined;
    if (retry === undefined) throw new Error('nobody waits for a retry');
    retry();
  }
}

const TIMEOUT_MS = 2_000;

describe('servers over stdio that come and go', () => {
  let folder: string;
  let dispatcher: Dispatcher;
  let clock: RetryClock;
  const problems: string[] = [];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lives-'));
  });

  afterEach(async () => {
    await dispatcher.close();
    rmSync(folder, { recursive: true });
  });

  function start(era: (typeof ERAS)[number], plan: PuppetPlan['plan']): Promise<unknown> {
    return serve(puppet(era, { lives: join(folder, 'lives'), plan: plan ?? [] }));
  }

  async function serve(server: ServerConfig): Promise<void> {
    clock = new RetryClock(TIMEOUT_MS);
    problems.length = 0;
    dispatcher = createMcpDispatcher({
      servers: { server },
      clock,
      connectTimeoutMs: TIMEOUT_MS,
      startupWaitMs: Number.POSITIVE_INFINITY,
      onDiagnostic: (line) => problems.push(line),
    });
    await dispatcher.listTools(ANONYMOUS);
  }

  const state = (): BackendState =>
    dispatcher.backends?.()[0] ?? { name: '', up: false, tools: 0, problems: [] };
  const down = (): Promise<void> => changedUntil(dispatcher, () => !state().up && clock.waits.length > 0);
  const up = (): Promise<void> => changedUntil(dispatcher, () => state().up);

  for (const era of ERAS) {
    it(`may crash in a call (${era}): that call and all that wait fail, later ones at once`, async () => {
      await start(era, [{}]);
      const waiting = [1, 2, 3].map(() => failureOf(call(dispatcher, 'hang')));
      const crashed = failureOf(call(dispatcher, 'say', { lines: [], exit: 9 }));
      for (const failure of await Promise.all([...waiting, crashed]))
        expect(failure.code).to.equal('backend/unavailable');
      const started = performance.now();
      expect(await failureOf(call(dispatcher, 'echo'))).to.include({
        code: 'backend/unavailable',
        message: 'call echo: server "server" is down: the process exited with code 9',
      });
      expect(performance.now() - started).to.be.below(100);
      expect(state().problems).to.deep.equal(['was lost: the process exited with code 9']);
      clock.retry();
      await up();
      expect(textOf(await call(dispatcher, 'echo', { again: true }))).to.equal('{"again":true}');
      expect(state().problems).to.deep.equal([]);
    });

    it(`may crash after a number of calls, again and again (${era})`, async () => {
      await start(era, [{ callsLeft: 2 }]);
      for (let life = 0; life < 3; life += 1) {
        await call(dispatcher, 'echo');
        await call(dispatcher, 'echo');
        expect(await failureOf(call(dispatcher, 'echo'))).to.include({ code: 'backend/unavailable' });
        await down();
        clock.retry();
        await up();
      }
    });

    it(`may come back with other tools (${era}): the list is new, a call of an old one is unknown`, async () => {
      await start(era, [{ tools: ['say', 'old'] }, { tools: ['echo', 'fresh'] }]);
      const before = await dispatcher.listTools(ANONYMOUS);
      await failureOf(call(dispatcher, 'say', { lines: [], exit: 1 }));
      await down();
      expect(await dispatcher.listTools(ANONYMOUS), 'while it is down').to.equal(before);
      clock.retry();
      await up();
      expect(await namesOf(dispatcher)).to.deep.equal(['echo', 'fresh']);
      expect(await failureOf(call(dispatcher, 'old'))).to.include({ code: 'tool/unknown' });
      expect(textOf(await call(dispatcher, 'fresh', { a: 1 }))).to.equal('{"a":1}');
    });
  }

  const TROUBLES: Readonly<Record<string, string>> = {
    'dies at start': 'cannot be started: the process exited with code 4',
    'dies in initialize': 'cannot be started: the process exited with code 5',
    'dies in tools/list': 'cannot be started: the process exited with code 6',
    'hangs in initialize': `cannot be started: no answer in ${TIMEOUT_MS} ms`,
    'hangs in tools/list': `cannot be started: no answer in ${TIMEOUT_MS} ms`,
    'hangs on the second page': `cannot be started: no answer in ${TIMEOUT_MS} ms`,
    'closes stdout': `cannot be started: no answer in ${TIMEOUT_MS} ms`,
    'stops reading': `cannot be started: no answer in ${TIMEOUT_MS} ms`,
  };
  for (const [fault, problem] of Object.entries(TROUBLES)) {
    it(`one that ${fault} is named as such, and tried again`, async () => {
      await start('2025-11-25', [{ fault }, /^dies/.test(fault) ? { fault } : {}, {}]);
      expect(state()).to.deep.equal({ name: 'server', up: false, tools: 0, problems: [problem] });
      expect(problems).to.deep.equal([`server "server" ${problem}`]);
      clock.retry();
      await up();
      expect(textOf(await call(dispatcher, 'echo', {}))).to.equal('{}');
    });
  }

  for (const fault of ['floods stdout', 'floods stderr']) {
    it(`one that ${fault} is served, in bounded memory`, async () => {
      await start('2025-11-25', [{ fault }]);
      const before = process.memoryUsage().rss;
      for (let index = 0; index < 20; index += 1) await call(dispatcher, 'echo', { index });
      expect(process.memoryUsage().rss - before).to.be.below(200 * 1024 * 1024);
    });
  }

  it('are tried again ever later, never at the same time, and soon again once they were steady', async () => {
    await serve({ command: '/nowhere/at/all' });
    while (clock.waits.length < 14) {
      const made = clock.waits.length;
      clock.retry();
      await until(() => clock.waits.length > made);
    }
    const shares = clock.waits.map((wait, at) => wait / Math.min(500 * 2 ** at, 60_000));
    for (const share of shares) expect(share).to.be.within(0.75, 1.25);
    expect(new Set(shares).size).to.be.above(10);
    expect(problems, 'the same reason is told once').to.have.lengthOf(1);
  });
});

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}
