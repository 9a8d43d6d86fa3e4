import { expect } from 'chai';
import { createCodeMode } from '../../core/index.js';
import type {
  BackendState,
  CodeMode,
  TelemetryEvent,
  ToolDefinition,
  ToolDispatcher,
} from '../../core/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import { definition, settle, textResult } from '../support/test-tools.js';

/** Servers that come, go and list as the test says. */
class ChangingServers implements ToolDispatcher {
  tools: readonly ToolDefinition[] = [definition('a'), definition('b')];
  states: readonly BackendState[] = [];
  lists = 0;
  #tell: () => void = () => undefined;

  listTools(caller: { readonly id: string }): readonly ToolDefinition[] {
    this.lists += 1;
    return caller.id === 'poor' ? [] : this.tools;
  }
  callTool() {
    return Promise.resolve(textResult(''));
  }
  backends(): readonly BackendState[] {
    return this.states;
  }
  onChange(listener: () => void): () => void {
    this.#tell = listener;
    return () => (this.#tell = () => undefined);
  }
  async change(change: Partial<Pick<ChangingServers, 'tools' | 'states'>>): Promise<void> {
    Object.assign(this, change);
    this.#tell();
    await settle();
  }
}

const up = (name: string): BackendState => ({ name, up: true, tools: 1, problems: [] });
const down = (name: string): BackendState => ({ name, up: false, tools: 0, problems: ['gone'] });
const starting = (name: string): BackendState => ({ ...down(name), starting: true });

describe('changes behind a composition', () => {
  let servers: ChangingServers;
  let codeMode: CodeMode;
  let events: TelemetryEvent[];

  beforeEach(() => {
    servers = new ChangingServers();
    events = [];
  });
  afterEach(() => codeMode.close());

  async function compose(isHeard = true): Promise<void> {
    const sinks = isHeard ? [{ record: (event: TelemetryEvent) => void events.push(event) }] : [];
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher: servers, sinks });
  }

  const backends = (): unknown[] =>
    events.flatMap((event) => (event.name === 'backend.changed' ? [[event.backend, event.up]] : []));

  it('are told at once, though nobody lists tools again', async () => {
    await compose();
    await codeMode.listTools();
    await servers.change({ tools: [definition('b', { description: 'new' }), definition('c')] });
    expect(events).to.deep.equal([{ name: 'catalog.changed', tools: 2, added: 1, removed: 1, changed: 1 }]);
    await codeMode.listTools();
    expect(events).to.have.length(1);
  });

  it('are none where the same tools are listed as new objects', async () => {
    await compose();
    await codeMode.listTools();
    await servers.change({ tools: structuredClone(servers.tools) });
    expect(events).to.deep.equal([]);
  });

  it('are none where another caller is listed others', async () => {
    await compose();
    await codeMode.listTools({ id: 'rich' });
    await codeMode.listTools({ id: 'poor' });
    await codeMode.listTools({ id: 'rich' });
    expect(events).to.deep.equal([]);
  });

  it('make nobody list who has nobody to tell', async () => {
    await compose(false);
    await codeMode.listTools();
    await servers.change({ tools: [] });
    expect(servers.lists).to.equal(1);
  });

  it('begin with how each server is at the start, as soon as that is known', async () => {
    servers.states = [up('running'), down('broken'), starting('slow')];
    await compose();
    expect(backends()).to.deep.equal([
      ['running', true],
      ['broken', false],
    ]);
    await servers.change({ states: [up('running'), down('broken'), up('slow')] });
    await servers.change({ states: [up('running'), up('broken'), up('slow')] });
    await servers.change({});
    expect(backends().slice(2)).to.deep.equal([
      ['slow', true],
      ['broken', true],
    ]);
    expect(events.every((event) => !('starting' in event))).to.equal(true);
  });
});
