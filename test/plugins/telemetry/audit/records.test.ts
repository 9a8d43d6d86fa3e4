/** What is written of scripts, calls and denials, through a whole composition. */
import { createHash, createHmac } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import { expect } from 'chai';

import {
  createCodeMode,
  noTools,
  type CodeMode,
  type LimitPolicy,
  type ToolDispatcher,
} from '../../../../core/index.js';
import auditPlugin, * as door from '../../../../plugins/telemetry/audit/index.js';
import {
  createAuditSink,
  type AuditRecord,
  type AuditSettings,
} from '../../../../plugins/telemetry/audit/index.js';
import { createPlanRuntime } from '../../../support/plan-runtime.js';
import { answering, definition, textResult } from '../../../support/test-tools.js';
import { FailingDisk, Folder } from './trail.js';

const SECRET = 'hunter2-and-more';
const KEY = 'a key of more than sixteen characters';

const caller = {
  id: 'ann',
  session: '5e55',
  claims: { email: 'ann@example.org', groups: ['ops', 7], nested: { token: SECRET }, token: SECRET },
};

const plan = (value: unknown): string => JSON.stringify(value);
const sha = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('audit records', () => {
  let folder: Folder;
  let codeMode: CodeMode | undefined;

  beforeEach(async () => (folder = await Folder.make()));
  afterEach(async () => {
    await codeMode?.close();
    await folder.remove();
  });

  async function compose(
    settings: Partial<AuditSettings> = {},
    limits: LimitPolicy = {},
    more: Partial<ToolDispatcher> = {},
  ) {
    const sink = await createAuditSink({ file: folder.file, ...settings });
    const tools = [definition('a'), definition('broken')];
    const dispatcher = answering(tools, ({ tool }) =>
      tool === 'a' ? textResult(`"${SECRET}"`) : { ...textResult(SECRET), isError: true },
    );
    codeMode = await createCodeMode({
      runtime: createPlanRuntime(),
      dispatcher: { ...noTools, ...dispatcher, ...more },
      limits,
      sinks: [sink],
    });
    return codeMode;
  }

  /** What is in the files once all is over: without what tells one run from another. */
  async function records(key?: string): Promise<AuditRecord[]> {
    await codeMode?.close();
    codeMode = undefined;
    return (await folder.records(key)).filter(({ kind }) => kind !== 'opened' && kind !== 'closed');
  }

  it('are one of the script and one of each call, inner and direct, with who, what, and how it ended', async () => {
    const mode = await compose({ claims: ['email', 'groups', 'nested', '__proto__', 'absent'] });
    const traceparent = `00-${'a'.repeat(32)}-${'1'.repeat(16)}-01`;
    const start = { caller, method: 'tools/call', transport: 'http', trace: { traceparent } } as const;
    const request = mode.openRequest(start)!;
    const script = plan({ call: 'a', args: { z: 1, a: SECRET } });
    await mode.run({ script, caller, request });
    await mode.callTool('broken', {}, { caller });
    const [call, run, direct] = await records();
    const who = {
      caller: 'ann',
      session: '5e55',
      claims: { email: 'ann@example.org', groups: ['ops', 7] },
    };
    const shared = { ...who, requestId: request.id, traceId: 'a'.repeat(32) };
    expect(call).to.deep.include({
      ...shared,
      kind: 'call',
      mode: 'script',
      tool: 'a',
      decision: 'allowed',
      code: 'ok',
      status: 'succeeded',
      argumentHash: sha(`{"a":"${SECRET}","z":1}`),
    });
    expect(run).to.deep.include({
      ...shared,
      kind: 'script',
      scriptHash: sha(script),
      decision: 'allowed',
      code: 'ok',
      toolCalls: 1,
    });
    expect(call).to.have.property('runId', (run as { runId: string }).runId);
    expect(direct).to.deep.include({
      ...who,
      kind: 'call',
      mode: 'direct',
      tool: 'broken',
      decision: 'allowed',
      code: 'tool/failed',
      status: 'failed',
    });
    expect(direct).not.to.have.any.keys('runId', 'reason');
  });

  it('hold nothing of scripts, data, arguments, results, errors, claims and keys', async () => {
    const mode = await compose({ key: `${KEY}${SECRET}` });
    const data = { text: SECRET };
    await mode.run({ script: plan({ call: 'a', args: { [SECRET]: SECRET } }), data, caller });
    await mode.run({ script: plan({ call: 'broken', args: { x: SECRET } }), data, caller });
    await mode.run({ script: `no plan: ${SECRET}`, caller });
    await mode.callTool('broken', { x: SECRET }, { caller, meta: { token: SECRET } });
    await mode.callTool('a', { x: SECRET }, { caller });
    await codeMode?.close();
    codeMode = undefined;
    const text = await readFile(folder.file, 'utf8');
    expect(text.split('\n').length).to.be.greaterThan(8);
    expect(text).not.to.contain(SECRET);
    expect(text).not.to.contain(KEY);
  });

  it('say what the policy denied and why, and what was refused', async () => {
    const limits: LimitPolicy = {
      authorize: ({ tool, args }) =>
        tool.name === 'broken' || args['script'] === plan('forbidden')
          ? { allow: false, reason: 'not on Sundays' }
          : { allow: true },
      authorizeContext: () => ({ allow: false, reason: 'nobody reads' }),
    };
    const context = { list: () => [], request: () => Promise.resolve({}) };
    const mode = await compose({}, limits, { context });
    await mode.callTool('broken', {}).catch(() => undefined);
    await mode.callTool('a', { x: 'wrong' }).catch(() => undefined);
    await mode.run({ script: plan('forbidden') });
    await mode.run({ script: 'x'.repeat(300_000) });
    await mode.requestContext('resources/read', { uri: 'a:b' }).catch(() => undefined);
    await mode.requestContext('prompts/get', { name: 'greet' }).catch(() => undefined);
    const request = mode.openRequest({ caller, method: 'tools/call', transport: 'stdio', target: 'hidden' })!;
    request.end({ code: 'tool/unknown', rpcCode: -32_602 });
    mode.openRequest({ caller, method: 'tools/list', transport: 'stdio' })!.end({ code: 'ok' });
    const all = await records();
    expect(all.map(({ kind }) => kind)).to.deep.equal([
      'call',
      'call',
      'script',
      'script',
      'context',
      'context',
      'request',
    ]);
    const denied = { decision: 'denied', reason: 'not on Sundays', code: 'tool/denied' };
    expect(all[0]).to.include({ ...denied, tool: 'broken', status: 'failed' });
    expect(all[2]).to.include(denied);
    expect(all[3]).to.include({ decision: 'refused', code: 'limit/script-size', scriptHash: '' });
    const context$ = { decision: 'denied', reason: 'nobody reads', code: 'context/denied' };
    expect(all[4])
      .to.include({ ...context$, argumentHash: sha('{"uri":"a:b"}') })
      .and.not.to.have.property('target');
    expect(all[5]).to.include({ ...context$, target: 'greet' });
    expect(all[6]).to.include({
      decision: 'refused',
      code: 'tool/unknown',
      target: 'hidden',
      requestId: request.id,
    });
  });

  it('keep names from outside on one line, and short', async () => {
    const mode = await compose();
    const target = `a\n{"v":1}\u2028${'x'.repeat(1_000_000)}`;
    mode.openRequest({ caller, method: target, transport: 'http', target })!.end({ code: 'tool/unknown' });
    const [record] = await records();
    expect(JSON.stringify(record)).to.have.length.below(2_000);
  });

  it('have keyed hashes where there is a key, and then fit nobody without it', async () => {
    const mode = await compose({ key: KEY });
    await mode.callTool('a', { pin: '1234' }, { caller });
    const [call] = await records(KEY);
    const hmac = (text: string): string => createHmac('sha256', KEY).update(text).digest('hex');
    expect(call).to.include({
      argumentHash: hmac(sha('{"pin":"1234"}')),
      session: '5e55',
    });
    const report = await door.verifyTrail([folder.file], 'another key of sixteen characters');
    expect(report.faults.length).to.equal(report.records - 1);
  });

  it('have no hash of arguments where that is switched off', async () => {
    const mode = await compose({ argumentHash: false });
    await mode.callTool('a', {});
    expect((await records())[0]).not.to.have.property('argumentHash');
  });

  it('are required: scripts are refused while none can be written, direct calls go on, and none is lost', async () => {
    const failing = new FailingDisk();
    const sink = await createAuditSink({ file: folder.file, required: true }, { disk: failing.disk });
    const refusal = (): unknown => sink.refusal?.();
    const dispatcher = answering([definition('a')], () => textResult('1'));
    codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher, sinks: [sink] });
    const script = plan({ call: 'a', args: {} });
    expect(await codeMode.run({ script })).to.have.property('ok', true);
    failing.fails = { write: 'ENOSPC' };
    await codeMode.callTool('a', {});
    while (refusal() === undefined) await new Promise((resolve) => setTimeout(resolve, 1));
    const refused = await codeMode.run({ script });
    expect(refused).to.have.nested.property('error.code', 'limit/refused');
    expect(JSON.stringify(refused)).not.to.match(/ENOSPC|audit/);
    await codeMode.callTool('a', {});
    failing.fails = {};
    while (refusal() !== undefined) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await codeMode.run({ script })).to.have.property('ok', true);
    const all = await records();
    expect(
      all.map((record) => ('code' in record ? `${record.kind} ${record.code}` : record.kind)),
    ).to.deep.equal([
      'call ok',
      'script ok',
      'call ok',
      'script limit/refused',
      'call ok',
      'call ok',
      'script ok',
    ]);
  });

  it('are written by a plugin of the kind sink, whose door has these names', () => {
    expect(auditPlugin).to.include({ name: 'audit', kind: 'sink' });
    expect(Object.keys(door).sort()).to.deep.equal([
      'FSYNC_POLICIES',
      'RECORD_SCHEMAS',
      'auditRecord',
      'createAuditSink',
      'default',
      'verifyTrail',
    ]);
  });
});
