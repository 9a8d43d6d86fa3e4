import { expect } from 'chai';
import { createCodeMode } from '../../core/index.js';
import type { CodeMode, TelemetrySink } from '../../core/index.js';
import { RecordingSink } from '../../core/testing/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import { answering, definition, textResult } from '../support/test-tools.js';

const script = JSON.stringify({ call: 'a', args: {} });
const start = { caller: { id: 'me' }, method: 'tools/call', transport: 'http' } as const;
const WHOLE = [
  'request.started',
  'script.started',
  'tool.started',
  'tool.called',
  'script.finished',
  'tool.started',
  'tool.called',
  'request.finished',
];

describe('idle sinks', () => {
  let codeMode: CodeMode;
  let recording: RecordingSink;
  let isIdle: boolean;
  let onCall: () => void;

  beforeEach(() => {
    recording = new RecordingSink();
    isIdle = true;
    onCall = () => undefined;
  });

  afterEach(() => codeMode.close());

  const idling = (idle: () => boolean): TelemetrySink => ({
    idle,
    record: (event) => {
      recording.record(event);
    },
  });

  async function compose(...sinks: TelemetrySink[]) {
    const answer = () => {
      onCall();
      return textResult('1');
    };
    const dispatcher = answering([definition('a')], answer);
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher, sinks });
  }

  async function request() {
    const open = codeMode.openRequest(start);
    const outcome = await codeMode.run({ script });
    expect(outcome.ok).to.equal(true);
    await codeMode.callTool('a', {});
    open?.end({ code: 'ok' });
  }

  it('are told of nothing that begins, until they are not idle', async () => {
    await compose(idling(() => isIdle));
    await request();
    expect(recording.names).to.deep.equal([]);
    isIdle = false;
    await request();
    expect(recording.names).to.deep.equal(WHOLE);
  });

  it('are told the end of what they were told the beginning of, and no end without a beginning', async () => {
    await compose(idling(() => isIdle));
    onCall = () => (isIdle = false);
    await codeMode.run({ script });
    expect(recording.names).to.deep.equal([]);
    onCall = () => (isIdle = true);
    await codeMode.run({ script });
    expect(recording.names).to.deep.equal(WHOLE.slice(1, 5));
  });

  it('are told of all while another is not idle', async () => {
    await compose(
      idling(() => true),
      { record: () => undefined },
    );
    await request();
    expect(recording.names).to.deep.equal(WHOLE);
  });

  it('are told of what is no request, script or call', async () => {
    await compose(idling(() => true));
    codeMode.tell({ name: 'service.started', service: 's', version: '1', codeMode: true, optimizer: false });
    expect(recording.names).to.deep.equal(['service.started']);
  });

  const strange: readonly (readonly [does: string, idle: () => boolean])[] = [
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['answers no truth', () => 'yes' as never],
    ['rejects', () => Promise.reject(new Error('broken')) as never],
  ];
  for (const [does, idle] of strange) {
    it(`are not idle where the question ${does}`, async () => {
      await compose(idling(idle));
      await codeMode.run({ script });
      expect(recording.names.slice(0, 4)).to.deep.equal(WHOLE.slice(1, 5));
    });
  }
});
