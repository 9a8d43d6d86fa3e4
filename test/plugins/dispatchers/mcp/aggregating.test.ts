import { expect } from 'chai';
import { ANONYMOUS, type ToolDispatcher } from '../../../../core/index.js';
import {
  BackendPool,
  createMcpDispatcher,
  type McpDispatcherOptions,
} from '../../../../plugins/dispatchers/mcp/index.js';
import { fixture } from '../../../support/backends/index.js';
import { call, changedUntil, failureOf, gone, isAlive, namesOf, textOf } from './calling.js';

describe('many servers behind one dispatcher', () => {
  const open: ReturnType<typeof createMcpDispatcher>[] = [];
  const lines: string[] = [];
  const start = (options: McpDispatcherOptions) => {
    const dispatcher = createMcpDispatcher({ onDiagnostic: (line) => lines.push(line), ...options });
    open.push(dispatcher);
    return dispatcher;
  };
  afterEach(async () => {
    await Promise.all(open.splice(0).map(async (dispatcher) => dispatcher.close()));
    lines.length = 0;
  });

  it('are called by their own names, under the names that the operator gave', async () => {
    const dispatcher = start({
      servers: {
        one: { ...fixture({ tools: ['echo', 'fail'] }), prefix: 'first.' },
        two: {
          ...fixture({ tools: ['echo', 'fail', 'refuse'] }),
          tools: { exclude: ['fail'], overrides: { echo: { name: 'say', description: 'Says it.' } } },
        },
      },
    });
    expect(await namesOf(dispatcher)).to.deep.equal(['first.echo', 'first.fail', 'say', 'refuse']);
    expect(textOf(await call(dispatcher, 'say', { a: 1 }))).to.include('{"a":1}');
    expect(textOf(await call(dispatcher, 'first.echo', { a: 2 }))).to.include('{"a":2}');
    expect(await failureOf(call(dispatcher, 'echo'))).to.include({ code: 'tool/unknown' });
    expect(await failureOf(call(dispatcher, 'fail'))).to.include({ code: 'tool/unknown' });
    expect(dispatcher.backends?.().map(({ name, tools }) => `${name} ${tools}`)).to.deep.equal([
      'one 2',
      'two 2',
    ]);
  });

  it('tell who lost a name to whom, in the diagnostics and in their states', async () => {
    const dispatcher = start({
      servers: { one: fixture({ tools: ['echo'] }), two: fixture({ tools: ['echo'] }) },
      aggregation: { conflicts: 'priority', priority: ['two'] },
    });
    expect(await namesOf(dispatcher)).to.deep.equal(['echo']);
    const problem = 'tool "echo" is left out: server "two" has priority';
    expect(dispatcher.backends?.().map(({ problems }) => problems)).to.deep.equal([[problem], []]);
    await dispatcher.listTools(ANONYMOUS);
    expect(lines).to.deep.equal([`server "one": ${problem}`]);
  });

  it('are refused where the operator must solve what clashes, and not for what clashes later', async () => {
    const aggregation = { conflicts: 'manual' } as const;
    const two = fixture({ tools: ['grown_1'] });
    const clashing = start({ servers: { one: fixture({ tools: ['grown_1'] }), two }, aggregation });
    expect(await failureOf(namesOf(clashing))).to.include({ code: 'config/invalid' });

    const later = start({ servers: { one: fixture({ tools: ['grow'] }), two }, aggregation });
    expect(await namesOf(later)).to.deep.equal(['grow', 'grown_1']);
    await call(later, 'grow');
    await changedUntil(later, () => later.backends?.()[0]?.problems.length === 1);
    expect(later.backends?.()[0]?.problems).to.deep.equal([
      'tool "grown_1" is left out: server "two" has this name already',
    ]);
    expect(await namesOf(later)).to.deep.equal(['grow', 'grown_1']);
  });

  it('are refused with every fault of their rules', () => {
    const server = { command: 'x' };
    const start = () =>
      createMcpDispatcher({
        servers: {
          a: { ...server, prefix: 'no spaces' },
          b: { ...server, tools: { include: [''], overrides: { x: { name: 'é' } } } },
          c: { ...server, tools: { overrides: { x: { name: 'z' }, y: { name: 'z' } } } },
        },
        aggregation: { format: 'static_' },
      });
    expect(start)
      .to.throw(/"prefix": must be .*"tools.include.0".*"tools.overrides.x.name": must .*"tools.overrides": /)
      .with.property('message')
      .that.match(/aggregation: "format": must be \{server\} once/);
  });
});

describe('a pool of servers', () => {
  const pidOf = async (dispatcher: ToolDispatcher): Promise<number> =>
    Number(textOf(await call(dispatcher, 'pid')));
  const config = fixture({ tools: ['pid'] });

  it('keeps a server for whoever says the same of it, until nobody does', async () => {
    const pool = new BackendPool();
    const first = createMcpDispatcher({ servers: { a: config }, pool });
    const pid = await pidOf(first);
    const { command, args = [] } = config;
    const reordered = { prefix: 'p_', args: [...args], command };
    const second = createMcpDispatcher({ servers: { a: reordered }, pool });
    expect(await namesOf(second)).to.deep.equal(['p_pid']);
    await first.close();
    await first.close();
    expect(Number(textOf(await call(second, 'p_pid')))).to.equal(pid);
    expect(isAlive(pid)).to.equal(true);
    await second.close();
    await gone(pid);
  });

  it('starts another one for another configuration, or another name', async () => {
    const pool = new BackendPool();
    const servers = { a: config, b: config, c: { ...config, env: { OTHER: '1' } } };
    const dispatcher = createMcpDispatcher({ servers, pool });
    const names = await namesOf(dispatcher);
    const pids = await Promise.all(names.map(async (name) => textOf(await call(dispatcher, name))));
    expect(new Set(pids).size).to.equal(3);
    await dispatcher.close();
  });

  it('tells every user of a change', async () => {
    const pool = new BackendPool();
    const servers = { a: fixture({ tools: ['grow'] }) };
    const [one, two] = [createMcpDispatcher({ servers, pool }), createMcpDispatcher({ servers, pool })];
    await Promise.all([namesOf(one), namesOf(two)]);
    const both = Promise.all(
      [one, two].map((each) => changedUntil(each, async () => (await namesOf(each)).length === 2)),
    );
    await call(one, 'grow');
    await both;
    await Promise.all([one.close(), two.close()]);
  });
});
