/** Requests for resources and prompts, from the face of a composition to its source. */
import { expect } from 'chai';
import sinon from 'sinon';
import { createCodeMode, noTools, ToolscriptError } from '../../core/index.js';
import type { CodeMode, ContextRequest, ContextSource, JsonObject } from '../../core/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';

const PROMPTS: readonly JsonObject[] = [{ name: 'greet', icons: [] }];

describe('context', () => {
  let codeMode: CodeMode;
  let asked: ContextRequest[];

  async function compose(source: Partial<ContextSource> = {}, limits = {}): Promise<void> {
    asked = [];
    const context: ContextSource = {
      list: () => PROMPTS,
      request: (request) => {
        asked.push(request);
        return Promise.resolve({ messages: [] });
      },
      ...source,
    };
    codeMode = await createCodeMode({
      runtime: createPlanRuntime(),
      dispatcher: { ...noTools, context },
      limits,
    });
  }
  afterEach(async () => {
    sinon.restore();
    await codeMode.close();
  });

  async function rejection(promise: Promise<unknown>): Promise<ToolscriptError> {
    const thrown: unknown = await promise.catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(ToolscriptError);
    return thrown as ToolscriptError;
  }

  it('is listed as it came, the same array', async () => {
    await compose();
    expect(await codeMode.listContext('prompts')).to.equal(PROMPTS);
  });

  it('hands over who asks, what the client can do, and the round', async () => {
    await compose();
    const caller = { id: 'me' };
    const client = { capabilities: { elicitation: {} } };
    const input = { state: 's' };
    const context = { caller, client, input, meta: { traceparent: 't' } };
    expect(await codeMode.requestContext('prompts/get', { name: 'greet' }, context)).to.deep.equal({
      messages: [],
    });
    expect(asked[0]).to.deep.include({ method: 'prompts/get', params: { name: 'greet' }, ...context });
  });

  it('does not exist where the dispatcher has none', async () => {
    codeMode = await createCodeMode({ runtime: createPlanRuntime() });
    expect(await codeMode.listContext('resources')).to.deep.equal([]);
    const error = await rejection(codeMode.requestContext('resources/read', { uri: 'a:b' }));
    expect(error.code).to.equal('context/unknown');
    codeMode.subscribe('a:b', () => undefined)();
  });

  it('fails with the error of the source', async () => {
    const rpc = { code: -32_002, message: 'no', data: { uri: 'a:b' } };
    const thrown = new ToolscriptError({ code: 'context/unknown', message: 'no' }, { rpc });
    await compose({ request: () => Promise.reject(thrown) });
    expect(await rejection(codeMode.requestContext('resources/read', {}))).to.equal(thrown);
  });

  const nonsense: readonly (readonly [what: string, source: Partial<ContextSource>])[] = [
    ['throws', { request: () => sinon.stub().throws(new Error('boom'))() as never }],
    ['answers no object', { request: () => Promise.resolve(7 as never) }],
  ];
  for (const [what, source] of nonsense) {
    it(`fails when the source ${what}`, async () => {
      await compose(source);
      const { code } = await rejection(codeMode.requestContext('resources/read', {}));
      expect(code).to.equal('context/failed');
    });
  }

  it('cannot be listed when the source answers no list', async () => {
    await compose({ list: () => 7 as never });
    expect((await rejection(codeMode.listContext('resources'))).code).to.equal('backend/unavailable');
  });

  it('is not waited for longer than for a tool', async () => {
    const clock = sinon.useFakeTimers();
    await compose({ request: () => new Promise(() => undefined) }, { toolCallTimeoutMs: 50 });
    const failing = rejection(codeMode.requestContext('resources/read', {}));
    await clock.tickAsync(51);
    expect(await failing).to.include({ code: 'context/failed' });
  });

  it('is given up when the caller leaves', async () => {
    let seen: AbortSignal | undefined;
    await compose({
      request: ({ signal }) => {
        seen = signal;
        return new Promise(() => undefined);
      },
    });
    const leaving = new AbortController();
    const failing = rejection(codeMode.requestContext('resources/read', {}, { signal: leaving.signal }));
    await new Promise(setImmediate);
    leaving.abort();
    expect((await failing).code).to.equal('cancelled');
    expect(seen?.aborted).to.equal(true);
  });

  it('tells of updates until it is left', async () => {
    let told = 0;
    const listeners = new Set<() => void>();
    await compose({
      subscribe: (_, listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    });
    const leave = codeMode.subscribe('a:b', () => (told += 1));
    for (const listener of listeners) listener();
    leave();
    expect([told, listeners.size]).to.deep.equal([1, 0]);
  });
});
