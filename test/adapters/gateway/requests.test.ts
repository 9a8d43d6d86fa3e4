/** What the sinks are told of clients' requests, however they come. */
import { expect } from 'chai';
import { createCodeMode, type CodeMode, type StartEvent, type TelemetryEvent } from '../../../core/index.js';
import { createGateway, type HttpDoor } from '../../../adapters/gateway/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';
import { settle, textResult, until } from '../../support/test-tools.js';
import { AnySource } from './any-source.js';
import { MODERN_META, rawHttp, rawStdio, type RawClient } from './raw-client.js';

const TRACE_ID = 'a'.repeat(32);
const CLIENT = { traceparent: `00-${TRACE_ID}-${'1'.repeat(16)}-01`, tracestate: 'x=1', baggage: 'k=v' };
const OURS = { traceparent: `00-${'c'.repeat(32)}-${'3'.repeat(16)}-01` };
const FORM = {
  method: 'elicitation/create',
  params: { message: 'Who?', requestedSchema: { type: 'object', properties: {} } },
} as const;

type Told<N extends TelemetryEvent['name']> = Extract<TelemetryEvent, { readonly name: N }>;

describe('requests of clients', () => {
  let source: AnySource;
  let codeMode: CodeMode;
  let door: HttpDoor;
  let client: RawClient;
  let events: TelemetryEvent[];
  let spans: number;

  const told = <N extends TelemetryEvent['name']>(name: N): Told<N>[] =>
    events.filter((event): event is Told<N> => event.name === name);
  const ends = (): unknown[] => told('request.finished').map(({ code, rpcCode }) => [code, rpcCode]);

  /** Opens a span for everything: a number of its own in the trace of what it is part of. */
  function trace({ trace: parent = OURS }: StartEvent) {
    spans += 1;
    return {
      ...parent,
      traceparent: `${parent.traceparent.slice(0, 36)}${String(spans).padStart(16, '0')}-01`,
    };
  }

  beforeEach(async () => {
    [events, spans] = [[], 0];
    source = new AnySource();
    source.lists.tools = ['one', 'two'].map((name) => ({ name, inputSchema: { type: 'object' } }));
    const sinks = [{ trace, record: (event: TelemetryEvent) => void events.push(event) }];
    const runtime = createStarlarkRuntime();
    codeMode = await createCodeMode({ runtime, dispatcher: source.dispatcher, sinks });
    door = await createGateway({ codeMode, scriptTool: true }).serveHttp();
  });
  afterEach(async () => {
    await client.close();
    await door.close();
    await codeMode.close();
  });

  const stdio = (era: 'legacy' | 'modern') => rawStdio(createGateway({ codeMode, scriptTool: true }), era);
  const CLIENTS = {
    'over stdio, 2025-11-25': () => stdio('legacy'),
    'over stdio, 2026-07-28': () => stdio('modern'),
    'over HTTP, 2025-11-25': () => rawHttp(door.url, 'legacy'),
    'over HTTP, 2026-07-28': () => rawHttp(door.url, 'modern'),
  };

  for (const [kind, connect] of Object.entries(CLIENTS)) {
    describe(kind, () => {
      beforeEach(async () => {
        client = await connect();
        events.length = 0;
      });

      it('are told once each: who, what, by which way, and how they end', async () => {
        source.call = ({ tool }) => Promise.resolve({ ...textResult(''), isError: tool === 'two' });
        await client.ask('tools/list');
        await client.ask('tools/call', { name: 'one', arguments: {} });
        await client.ask('tools/call', { name: 'two', arguments: {} });
        await client.ask('tools/call', { name: 'none', arguments: {} });
        await client.ask('tools/call', { name: 'one', arguments: [] });
        const run = (script: string) =>
          client.ask('tools/call', { name: 'execute_tool_script', arguments: { script } });
        await run('return one()');
        await run('fail("no")');
        await client.ask('resources/read', { uri: 'secret://there' });
        await client.ask('prompts/get', { name: 'greet' });

        const starts = told('request.started');
        expect(starts.map(({ method, target }) => [method, target])).to.deep.equal([
          ['tools/list', undefined],
          ...['one', 'two', 'none', 'one', 'execute_tool_script', 'execute_tool_script'].map((name) => [
            'tools/call',
            name,
          ]),
          ['resources/read', undefined],
          ['prompts/get', 'greet'],
        ]);
        expect(ends()).to.deep.equal([
          ['ok', undefined],
          ['ok', undefined],
          ['tool/failed', undefined],
          ['tool/unknown', -32_602],
          ['request/invalid', -32_602],
          ['ok', undefined],
          ['script/runtime', undefined],
          ['context/unknown', -32_602],
          ['context/unknown', -32_602],
        ]);
        const ids = starts.map(({ requestId }) => requestId);
        expect(new Set(ids).size).to.equal(ids.length);
        expect(told('request.finished').map(({ requestId }) => requestId)).to.deep.equal(ids);
        for (const { rpcId, transport, protocolVersion, caller } of starts) {
          expect(rpcId).to.be.a('number');
          expect([transport, protocolVersion]).to.deep.equal([
            kind.includes('HTTP') ? 'http' : 'stdio',
            client.era === 'modern' ? '2026-07-28' : '2025-11-25',
          ]);
          expect(caller.id).to.equal('anonymous');
        }
        expect(JSON.stringify(events)).not.to.include('secret://');
      });

      it('are what scripts and calls are part of', async () => {
        source.call = () => Promise.resolve(textResult(''));
        await client.ask('tools/call', { name: 'one', arguments: {} }, CLIENT);
        const script = 'return two()';
        await client.ask('tools/call', { name: 'execute_tool_script', arguments: { script } });
        const [direct, scripted] = told('request.started').map(({ requestId }) => requestId);
        expect(
          events.map((event) => [event.name, 'requestId' in event ? event.requestId : undefined]),
        ).to.deep.equal([
          ...['request.started', 'tool.started', 'tool.called', 'request.finished'].map((name) => [
            name,
            direct,
          ]),
          ...['request.started', 'script.started', 'tool.started', 'tool.called', 'script.finished'].map(
            (name) => [name, scripted],
          ),
          ['request.finished', scripted],
        ]);
      });

      it('go on with the trace that the client tells, and lead on from it', async () => {
        const metas: unknown[] = [];
        source.call = ({ meta }) => (metas.push(meta), Promise.resolve(textResult('')));
        source.request = ({ meta }) => (metas.push(meta), Promise.resolve({ messages: [] }));
        source.lists.prompts = [{ name: 'greet' }];
        await client.ask('tools/call', { name: 'one', arguments: {} }, CLIENT);
        await client.ask('prompts/get', { name: 'greet' }, CLIENT);
        const place = (span: number) => ({
          ...CLIENT,
          traceparent: `00-${TRACE_ID}-${String(span).padStart(16, '0')}-01`,
        });
        const [first] = told('request.started').map((event) =>
          Number(event.trace!.traceparent.slice(36, 52)),
        );
        expect(metas).to.deep.equal([place(first! + 1), place(first! + 2)]);
      });

      it('end as cancelled when the client does not wait', async () => {
        let isLeft = false;
        source.call = ({ signal }) =>
          new Promise((_, reject) => {
            signal.addEventListener('abort', () => {
              isLeft = true;
              reject(new Error('left'));
            });
          });
        void client.ask('tools/call', { name: 'one', arguments: {} });
        await until(() => told('tool.started').length === 1);
        await client.close();
        await until(() => isLeft && told('request.finished').length === 1);
        expect(ends()).to.deep.equal([['cancelled', undefined]]);
      });
    });
  }

  it('are told for each round of one that asks the client something', async () => {
    client = await rawHttp(door.url, 'modern', { elicitation: { form: {} } });
    source.call = async ({ client: link, signal }) => {
      await link!.ask!(FORM, signal);
      return textResult('');
    };
    const call = { name: 'execute_tool_script', arguments: { script: 'return one()' } };
    const { result } = await client.ask('tools/call', call);
    const { inputRequests, requestState } = result as { inputRequests: object; requestState: string };
    const [key] = Object.keys(inputRequests);
    await client.ask('tools/call', {
      ...call,
      requestState,
      inputResponses: { [key!]: { action: 'accept', content: {} } },
    });
    expect(ends()).to.deep.equal([
      ['ok', undefined],
      ['ok', undefined],
    ]);
    expect(told('script.started')).to.have.length(1);
  });

  it('go on with the trace that HTTP headers tell, where the request itself tells none', async () => {
    client = await rawHttp(door.url, 'modern');
    source.call = () => Promise.resolve(textResult(''));
    const other = { traceparent: `00-${'b'.repeat(32)}-${'2'.repeat(16)}-01` };
    const call = async (headers: Record<string, string>, meta: object): Promise<void> => {
      const params = { name: 'one', arguments: {}, _meta: meta };
      const response = await fetch(door.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
          ...headers,
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
      });
      await response.text();
    };
    const modern = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'one' };
    await call({ ...modern, ...CLIENT }, MODERN_META);
    await call(CLIENT, {});
    await call({ ...modern, ...other }, { ...MODERN_META, ...CLIENT });
    await call({ ...modern, traceparent: 'nonsense', baggage: 'k=v' }, MODERN_META);
    const traces = told('request.started').map(({ trace: place }) => place!.traceparent.slice(3, 35));
    expect(traces).to.deep.equal([TRACE_ID, TRACE_ID, TRACE_ID, 'c'.repeat(32)]);
    expect(source.calls.map(({ meta }) => meta?.['baggage'])).to.deep.equal(['k=v', 'k=v', 'k=v', undefined]);
  });

  it('name sessions by a label that opens none', async () => {
    client = await rawHttp(door.url, 'legacy');
    const second = await rawHttp(door.url, 'legacy');
    await client.ask('tools/list');
    await client.ask('tools/list');
    await second.ask('tools/list');
    await settle();
    const labels = told('request.started').flatMap(({ method, caller }) =>
      method === 'tools/list' ? [caller.session] : [],
    );
    expect(labels[0]).to.match(/^[0-9a-f]{16}$/);
    expect(labels[1]).to.equal(labels[0]);
    expect(labels[2])
      .to.match(/^[0-9a-f]{16}$/)
      .and.not.to.equal(labels[0]);
    await second.close();
    const stolen = await fetch(door.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-session-id': labels[0]!,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' }),
    });
    expect(stolen.status).to.equal(404);
  });
});
