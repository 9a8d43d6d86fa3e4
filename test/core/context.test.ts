/** Requests for resources and prompts, from the face of a composition to its source. */
import { createHash } from 'node:crypto';
import { expect } from 'chai';
import sinon from 'sinon';
import { createCodeMode, noTools, ToolscriptError } from '../../core/index.js';
import type {
  CodeMode,
  ContextMethod,
  ContextRequest,
  ContextSource,
  ContextUse,
  JsonObject,
  LimitPolicy,
  TelemetryEvent,
  TelemetrySink,
} from '../../core/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';

const PROMPTS: readonly JsonObject[] = [{ name: 'greet', icons: [] }];

describe('context', () => {
  let codeMode: CodeMode;
  let asked: ContextRequest[];
  let events: TelemetryEvent[];

  async function compose(
    source: Partial<ContextSource> = {},
    limits = {},
    ...more: TelemetrySink[]
  ): Promise<void> {
    asked = [];
    events = [];
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
      sinks: [{ record: (event) => void events.push(event) }, ...more],
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

  describe('under a policy', () => {
    const listed: Record<string, readonly JsonObject[]> = {
      resources: [{ uri: 'a:open' }, { uri: 'a:shut', title: 'Shut' }],
      resourceTemplates: [{ uriTemplate: 'a:{open}' }, { uriTemplate: 'a:{shut}' }],
      prompts: [{ name: 'open' }, { name: 'shut' }],
    };
    const list = (kind: string) => listed[kind]!;
    const ref = {
      uri: { type: 'ref/resource', uri: 'a:{shut}' },
      name: { type: 'ref/prompt', name: 'shut' },
    };
    const shut: readonly (readonly [method: ContextMethod, params: JsonObject])[] = [
      ['resources/read', { uri: 'a:shut' }],
      ['prompts/get', { name: 'shut', arguments: { n: '1' } }],
      ['completion/complete', { ref: ref.uri, argument: { name: 'x', value: '' } }],
      ['completion/complete', { ref: ref.name, argument: { name: 'x', value: '' } }],
    ];

    const kept = new WeakMap<readonly JsonObject[], readonly JsonObject[]>();
    const hiding: LimitPolicy = {
      visibleContext: (_caller, _kind, items) => {
        const left = kept.get(items) ?? items.filter((item) => !JSON.stringify(item).includes('shut'));
        kept.set(items, left);
        return left;
      },
    };

    it('is listed as far as the caller may know of it, the same array', async () => {
      await compose({ list }, hiding);
      for (const kind of ['resources', 'resourceTemplates', 'prompts'] as const) {
        const seen = await codeMode.listContext(kind);
        expect(seen).to.deep.equal([listed[kind]![0]]);
        expect(await codeMode.listContext(kind)).to.equal(seen);
      }
    });

    for (const [method, params] of shut) {
      it(`does not exist where it is hidden: ${method} ${JSON.stringify(params)}`, async () => {
        await compose({ list }, hiding);
        expect(await rejection(codeMode.requestContext(method, params))).to.include({
          code: 'context/unknown',
        });
        expect(asked).to.have.length(0);
        const open = JSON.parse(JSON.stringify(params).replaceAll('shut', 'open')) as JsonObject;
        await codeMode.requestContext(method, open);
        expect(asked).to.have.length(1);
      });

      it(`is refused in general words: ${method} ${JSON.stringify(params)}`, async () => {
        const uses: ContextUse[] = [];
        const caller = { id: 'me' };
        const authorizeContext = (use: ContextUse) => (uses.push(use), { allow: false, reason: 'secret' });
        await compose({ list }, { authorizeContext });
        const request = { id: 'request-1', end: () => undefined };
        const error = await rejection(codeMode.requestContext(method, params, { caller, request }));
        expect(error).to.include({ code: 'context/denied', message: `${method}: refused by the policy` });
        expect(uses).to.have.length(1);
        expect(events).to.deep.equal([
          {
            name: 'context.denied',
            method,
            caller,
            requestId: 'request-1',
            code: 'context/denied',
            reason: 'secret',
            ...(uses[0]?.kind === 'prompt' && { target: 'shut' }),
          },
        ]);
        expect(uses[0]).to.deep.include({ caller });
        expect(uses[0]?.name).to.match(/^(a:shut|a:\{shut\}|shut)$/);
        expect(asked).to.have.length(0);
      });
    }

    it('is told by the hash of its parameters, where a sink asks for that', async () => {
      const contents: unknown[] = [];
      const sink: TelemetrySink = {
        content: ['argumentHash'],
        record: (event) => void contents.push(event.content),
      };
      await compose({ list }, { authorizeContext: () => ({ allow: false }) }, sink);
      await rejection(codeMode.requestContext('resources/read', { uri: 'a:shut' }));
      const text = '{"uri":"a:shut"}';
      const argumentHash = createHash('sha256').update(text).digest('hex');
      expect(contents).to.deep.equal([{ argumentHash }]);
    });

    it('is answered in the same words whether it is hidden or not there', async () => {
      const own = new ToolscriptError(
        { code: 'context/unknown', message: 'no file /srv/gone' },
        { rpc: { code: -32_002, message: 'no file /srv/gone' } },
      );
      await compose({ list, request: () => Promise.reject(own) }, hiding);
      for (const [method, params] of shut) {
        const absent = JSON.parse(JSON.stringify(params).replaceAll('shut', 'gone')) as JsonObject;
        const [one, other] = await Promise.all(
          [params, absent].map((asked) => rejection(codeMode.requestContext(method, asked))),
        );
        const text = ({ code, message, rpc }: ToolscriptError): string =>
          JSON.stringify([code, message, rpc]).replaceAll('gone', 'shut');
        expect(text(one!)).to.equal(text(other!));
      }
    });

    it('is checked without being read', async () => {
      await compose({ list }, hiding);
      await codeMode.checkRead('a:open');
      expect(await rejection(codeMode.checkRead('a:shut'))).to.include({ code: 'context/unknown' });
      expect(asked).to.have.length(0);
    });

    const nonsense: JsonObject[] = [{}, { uri: 7 }, { uri: { toString: 'a:open' } }];
    for (const params of nonsense) {
      it(`is not asked for with ${JSON.stringify(params)}`, async () => {
        await compose({ list }, hiding);
        const error = await rejection(codeMode.requestContext('resources/read', params));
        expect(error).to.include({ code: 'context/unknown' });
        expect(asked).to.have.length(0);
      });
    }
  });
});
