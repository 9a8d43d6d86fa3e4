import { expect } from 'chai';
import { createCodeMode, VERSION, type CodeMode, type TelemetryEvent } from '../../../core/index.js';
import { CodeModeSwitch, createGateway } from '../../../adapters/gateway/index.js';
import { createOptimizer } from '../../../adapters/optimizer-compat/index.js';
import { createPlanRuntime } from '../../support/plan-runtime.js';
import { definition, HoldingDispatcher, textResult, until } from '../../support/test-tools.js';

/** A composition that keeps what its sinks are told, until they are closed. */
async function composition(dispatcher = new HoldingDispatcher()) {
  const events: TelemetryEvent[] = [];
  let isClosed = false;
  const sink = {
    record: (event: TelemetryEvent) => {
      if (!isClosed) events.push(event);
    },
    close: () => {
      isClosed = true;
    },
  };
  const codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher, sinks: [sink] });
  return { codeMode, events, dispatcher };
}

const started = (codeMode: boolean, optimizer = false) => ({
  name: 'service.started',
  service: 'gateway',
  version: VERSION,
  codeMode,
  optimizer,
});

describe('the notice that a gateway serves', () => {
  let closing: CodeMode[];
  afterEach(() => Promise.all(closing.map((codeMode) => codeMode.close())));

  it('comes with the first door, and once for all doors', async () => {
    const { codeMode, events } = await composition();
    closing = [codeMode];
    const gateway = createGateway({ codeMode, scriptTool: true });
    expect(events).to.deep.equal([]);
    const doors = [await gateway.serveHttp(), await gateway.serveHttp()];
    expect(events).to.deep.equal([started(true)]);
    await Promise.all(doors.map((door) => door.close()));
  });

  it('comes to each composition that follows, with what is so by then', async () => {
    const [first, second, third] = [await composition(), await composition(), await composition()];
    const codeMode = new CodeModeSwitch(first.codeMode);
    closing = [codeMode];
    let scriptTool = false;
    const door = await createGateway({ codeMode, scriptTool: () => scriptTool }).serveHttp();
    await codeMode.switchTo(second.codeMode);
    scriptTool = true;
    await codeMode.switchTo(createOptimizer(third.codeMode));
    expect([first, second, third].map(({ events }) => events)).to.deep.equal([
      [started(false)],
      [started(false)],
      [started(true, true)],
    ]);
    await door.close();
  });

  it('leaves a request to the composition in which it began, which hears of its end', async () => {
    const [first, second] = [
      await composition(),
      await composition(new HoldingDispatcher([definition('b')])),
    ];
    const codeMode = new CodeModeSwitch(first.codeMode);
    closing = [codeMode];
    const start = { caller: { id: 'me' }, method: 'tools/call', transport: 'http' } as const;
    const request = codeMode.openRequest(start)!;
    const call = codeMode.callTool('a', {}, { request });
    await until(() => first.dispatcher.calls.length === 1);
    const over = codeMode.switchTo(second.codeMode);
    first.dispatcher.calls[0]!.answer(textResult(''));
    await call;
    request.end({ code: 'ok' });
    request.end({ code: 'internal' });
    await over;
    expect(first.events.map(({ name }) => name)).to.deep.equal([
      'request.started',
      'tool.started',
      'tool.called',
      'request.finished',
    ]);
    expect(first.events.at(-1)).to.include({ code: 'ok', requestId: request.id });
    expect(second.events).to.deep.equal([]);
  });
});
