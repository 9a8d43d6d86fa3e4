/** What the sinks are told of clients that find and call tools. */
import { expect } from 'chai';
import { createCodeMode, type CodeMode, type TelemetryEvent } from '../../../core/index.js';
import { createGateway, type HttpDoor } from '../../../adapters/gateway/index.js';
import { createOptimizer } from '../../../adapters/optimizer-compat/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';
import { answering, definition, textResult } from '../../support/test-tools.js';
import { rawHttp, type RawClient } from '../gateway/raw-client.js';

describe('sinks behind an optimizer', () => {
  let codeMode: CodeMode;
  let door: HttpDoor;
  let client: RawClient;
  let events: TelemetryEvent[];

  beforeEach(async () => {
    events = [];
    const composed = await createCodeMode({
      runtime: createStarlarkRuntime(),
      dispatcher: answering([definition('greet')], () => textResult('hello')),
      sinks: [{ record: (event) => void events.push(event) }],
    });
    codeMode = createOptimizer(composed, { scripts: true });
    door = await createGateway({ codeMode, scriptTool: true }).serveHttp();
    client = await rawHttp(door.url, 'modern');
  });
  afterEach(async () => {
    await client.close();
    await door.close();
    await codeMode.close();
  });

  const call = (name: string, args: object) => client.ask('tools/call', { name, arguments: args });

  it('hear that tools are found on demand', () => {
    expect(events[0]).to.include({ name: 'service.started', service: 'gateway', optimizer: true });
  });

  it('hear of call_tool as the request, and of a direct call of the tool', async () => {
    await call('call_tool', { tool_name: 'greet', parameters: {} });
    const [start, started, called, end] = events.slice(1) as { requestId?: string }[];
    expect(start).to.include({ name: 'request.started', method: 'tools/call', target: 'call_tool' });
    const { requestId } = start!;
    expect(started).to.include({ name: 'tool.started', tool: 'greet', mode: 'direct', requestId });
    expect(called).to.include({ name: 'tool.called', tool: 'greet', mode: 'direct', code: 'ok', requestId });
    expect(end).to.include({ name: 'request.finished', code: 'ok', requestId });
    expect(events).to.have.length(5);
  });

  it('hear of scripts that come by call_tool, with their request', async () => {
    await call('call_tool', { tool_name: 'execute_tool_script', parameters: { script: 'fail("no")' } });
    const { requestId } = events[1] as { requestId: string };
    expect(events.find(({ name }) => name === 'script.started')).to.include({ requestId });
    expect(events.at(-1)).to.include({ name: 'request.finished', code: 'script/runtime', requestId });
  });

  it('hear of searches by clients, and why a meta tool failed', async () => {
    await call('find_tool', { tool_description: 'greet' });
    await call('find_tool', {});
    await call('call_tool', { tool_name: 'none', parameters: {} });
    await call('call_tool', { parameters: 7 });
    expect(events.filter(({ name }) => name === 'tools.found')[0]).to.include({ mode: 'direct', found: 1 });
    expect(
      events.flatMap((event) => (event.name === 'request.finished' ? [[event.target, event.code]] : [])),
    ).to.deep.equal([
      ['find_tool', 'ok'],
      ['find_tool', 'tool/arguments'],
      ['call_tool', 'tool/unknown'],
      ['call_tool', 'tool/arguments'],
    ]);
  });
});
