import { expect } from 'chai';
import { createGateway, type HttpDoor } from '../../../adapters/gateway/index.js';
import {
  ToolscriptError,
  type Clock,
  type CodeMode,
  type JsonObject,
  type ToolResult,
} from '../../../core/index.js';
import { AnySource } from './any-source.js';
import { compose } from './composed.js';
import { rawHttp, rawStdio, type Message, type RawClient } from './raw-client.js';

const FORM = {
  method: 'elicitation/create',
  params: { message: 'Who?', requestedSchema: { type: 'object', properties: { name: { type: 'string' } } } },
} as const;
const ACCEPTED = { action: 'accept', content: { name: 'Ada' } };
const TOOL = { name: 'ask', inputSchema: { type: 'object' } };
const ELICITATION = { elicitation: {} };

/** A clock that stands until it is told to go on. */
class HandClock implements Clock {
  #nowMs = 0;
  #timers: { at: number; callback: () => void }[] = [];

  now = (): number => this.#nowMs;

  after = (delayMs: number, callback: () => void): (() => void) => {
    const timer = { at: this.#nowMs + delayMs, callback };
    this.#timers.push(timer);
    return () => void (this.#timers = this.#timers.filter((each) => each !== timer));
  };

  goOn(ms: number): void {
    this.#nowMs += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#nowMs);
    this.#timers = this.#timers.filter((timer) => !due.includes(timer));
    for (const { callback } of due) callback();
  }

  get timers(): number {
    return this.#timers.length;
  }
}

describe('questions to clients', () => {
  let source: AnySource;
  let codeMode: CodeMode;
  let door: HttpDoor;
  let clock: HandClock;
  let gateway: ReturnType<typeof createGateway>;
  const clients: RawClient[] = [];

  beforeEach(async () => {
    clock = new HandClock();
    source = new AnySource();
    source.lists.tools = [TOOL, { ...TOOL, name: 'other' }];
    codeMode = await compose(source.dispatcher);
    gateway = createGateway({ codeMode, scriptTool: true, clock });
    door = await gateway.serveHttp();
  });

  afterEach(async () => {
    await Promise.all(clients.splice(0).map((client) => client.close()));
    await door.close();
    await codeMode.close();
  });

  async function made(connecting: Promise<RawClient>): Promise<RawClient> {
    const client = await connecting;
    clients.push(client);
    return client;
  }

  /** A tool that asks so many questions one after another and tells the answers. */
  const askTimes =
    (times: number): AnySource['call'] =>
    async ({ client, signal }) => {
      const answers: JsonObject[] = [];
      for (let time = 0; time < times; time += 1) answers.push(await client!.ask!(FORM, signal));
      return text(JSON.stringify(answers));
    };

  describe('of a session', () => {
    for (const way of ['stdio', 'HTTP']) {
      const connect = (capabilities: object): Promise<RawClient> =>
        made(
          way === 'stdio'
            ? rawStdio(gateway, 'legacy', capabilities)
            : rawHttp(door.url, 'legacy', capabilities),
        );

      it(`are put while the call is under way: ${way}`, async () => {
        source.call = askTimes(2);
        const client = await connect(ELICITATION);
        const asked: unknown[] = [];
        client.answer('elicitation/create', (params) => {
          asked.push(params);
          return ACCEPTED;
        });
        const { result } = await client.ask('tools/call', { name: 'ask' });
        expect(textOf(result)).to.equal(JSON.stringify([ACCEPTED, ACCEPTED]));
        expect(asked).to.deep.equal([FORM.params, FORM.params]);
      });

      it(`are not put to a client that did not say that it can: ${way}`, async () => {
        source.call = async ({ client, signal }) => {
          const error: unknown = await client!.ask!(FORM, signal).catch((thrown: unknown) => thrown);
          return text(JSON.stringify((error as ToolscriptError).rpc));
        };
        const client = await connect({ roots: {}, elicitation: { url: {} } });
        const { result } = await client.ask('tools/call', { name: 'ask' });
        expect(JSON.parse(textOf(result))).to.include({ code: -32_602 });
      });

      it(`fail with what the client answers instead: ${way}`, async () => {
        source.call = async ({ client, signal }) => {
          const question = { method: 'roots/list', params: {} } as const;
          const error: unknown = await client!.ask!(question, signal).catch((thrown: unknown) => thrown);
          return text(JSON.stringify((error as ToolscriptError).rpc));
        };
        const client = await connect({ roots: {} });
        const { result } = await client.ask('tools/call', { name: 'ask' });
        expect(JSON.parse(textOf(result))).to.deep.equal({ code: -32_601, message: 'Method not found' });
      });
    }

    it("carry an id where they send the user to an address, the server's own where it has one", async () => {
      const params = { mode: 'url', url: 'https://a.example/', message: 'Go' };
      source.call = async ({ client, signal }) => {
        for (const more of [{}, { elicitationId: 'own' }])
          await client!.ask!({ method: 'elicitation/create', params: { ...params, ...more } }, signal);
        return text('done');
      };
      const client = await made(rawStdio(gateway, 'legacy', { elicitation: { url: {} } }));
      const asked: JsonObject[] = [];
      client.answer('elicitation/create', (question) => {
        asked.push(question as JsonObject);
        return { action: 'accept' };
      });
      await client.ask('tools/call', { name: 'ask' });
      expect(asked[0]).to.deep.include(params);
      expect(asked[0]?.['elicitationId']).to.match(/^[0-9a-f-]{36}$/);
      expect(asked[1]).to.deep.equal({ ...params, elicitationId: 'own' });
    });

    it('are put by scripts too', async () => {
      source.call = askTimes(1);
      const client = await made(rawStdio(gateway, 'legacy', ELICITATION));
      client.answer('elicitation/create', () => ACCEPTED);
      const { result } = await client.ask('tools/call', RUN);
      expect(result?.['structuredContent']).to.deep.include({ result: [ACCEPTED] });
    });
  });

  describe('of the 2026-07-28 era, asked in the middle of the work', () => {
    let client: RawClient;

    beforeEach(async () => {
      client = await made(rawHttp(door.url, 'modern', ELICITATION));
    });

    const again = (from: Message, params: object, responses: object = answersTo(from)): Promise<Message> => {
      const requestState = from.result?.['requestState'];
      return client.ask('tools/call', { ...params, inputResponses: responses, requestState });
    };

    it('come back as input that is required, and the work goes on with the answers', async () => {
      source.call = askTimes(2);
      const first = await client.ask('tools/call', { name: 'ask', arguments: { a: 1, b: 2 } });
      expect(first.result).to.include({ resultType: 'input_required' });
      expect(Object.values(first.result?.['inputRequests'] as object)).to.deep.equal([FORM]);
      const second = await again(first, { name: 'ask', arguments: { b: 2, a: 1 } });
      expect(second.result).to.include({ resultType: 'input_required' });
      expect(second.result?.['requestState']).not.to.equal(first.result?.['requestState']);
      const last = await again(second, { name: 'ask', arguments: { a: 1, b: 2 } });
      expect(textOf(last.result)).to.equal(JSON.stringify([ACCEPTED, ACCEPTED]));
      expect(source.calls.length).to.equal(1);
      expect(clock.timers).to.equal(0);
    });

    it('come together where they are put together', async () => {
      source.call = async ({ client: link, signal }) => {
        const answers = await Promise.all([1, 2, 3].map(() => link!.ask!(FORM, signal)));
        return text(String(answers.length));
      };
      const first = await client.ask('tools/call', { name: 'ask' });
      expect(Object.keys(first.result?.['inputRequests'] as object).length).to.equal(3);
      expect(textOf((await again(first, { name: 'ask' })).result)).to.equal('3');
    });

    it('come again where an answer is missing or malformed', async () => {
      source.call = askTimes(1);
      const first = await client.ask('tools/call', { name: 'ask' });
      const key = Object.keys(first.result?.['inputRequests'] as object)[0]!;
      const second = await again(first, { name: 'ask' }, { other: ACCEPTED });
      expect(second.result?.['inputRequests']).to.deep.equal(first.result?.['inputRequests']);
      const third = await again(second, { name: 'ask' }, { [key]: { action: 'shrug' } });
      expect(third.result?.['inputRequests']).to.deep.equal(first.result?.['inputRequests']);
      const last = await again(third, { name: 'ask' });
      expect(textOf(last.result)).to.include('Ada');
    });

    it('are put by scripts too', async () => {
      source.call = askTimes(1);
      const first = await client.ask('tools/call', RUN);
      expect(first.result).to.include({ resultType: 'input_required' });
      const last = await again(first, RUN);
      expect(last.result?.['structuredContent']).to.deep.include({ result: [ACCEPTED] });
    });

    it('are put for resources and prompts too', async () => {
      source.request = async ({ client: link, signal }) => ({ messages: [await link!.ask!(FORM, signal)] });
      const first = await client.ask('prompts/get', { name: 'p' });
      const last = await client.ask('prompts/get', {
        name: 'p',
        inputResponses: answersTo(first),
        requestState: first.result?.['requestState'],
      });
      expect(last.result?.['messages']).to.deep.equal([ACCEPTED]);
    });

    it('show progress and messages to the request that waits now', async () => {
      source.call = async ({ client: link, signal, onProgress }) => {
        onProgress?.({ progress: 1 });
        await link!.ask!(FORM, signal);
        onProgress?.({ progress: 2 });
        link!.notify?.({ method: 'notifications/message', params: { level: 'error', data: 'late' } });
        return text('done');
      };
      const level = { 'io.modelcontextprotocol/logLevel': 'info' };
      const first = await client.ask('tools/call', { name: 'ask' }, { progressToken: 'first', ...level });
      await client.ask(
        'tools/call',
        { name: 'ask', inputResponses: answersTo(first), requestState: first.result?.['requestState'] },
        { progressToken: 'second', ...level },
      );
      expect(client.told.map(({ params }) => params?.['progressToken'] ?? params?.['data'])).to.deep.equal([
        'first',
        'second',
        'late',
      ]);
    });

    const bad: Readonly<Record<string, (state: string) => object>> = {
      'a state that nobody gave': () => ({ name: 'ask', requestState: 'held.guessed' }),
      'a state of another kind': (state) => ({
        name: 'ask',
        requestState: state.replace('held.', 'pinned.'),
      }),
      'a state that is no text': () => ({ name: 'ask', requestState: { held: true } }),
      'a state for another tool': (state) => ({ name: 'other', requestState: state }),
      'a state for other arguments': (state) => ({ name: 'ask', arguments: { a: 1 }, requestState: state }),
    };
    for (const [what, params] of Object.entries(bad)) {
      it(`refuse ${what}, and go on with the right one`, async () => {
        source.call = askTimes(1);
        const first = await client.ask('tools/call', { name: 'ask' });
        const refused = await client.ask('tools/call', params(String(first.result?.['requestState'])));
        expect(refused.error).to.deep.include({ code: -32_602, message: 'Invalid or expired requestState' });
        expect(textOf((await again(first, { name: 'ask' })).result)).to.include('Ada');
      });
    }

    it('refuse a state the second time', async () => {
      source.call = askTimes(1);
      const first = await client.ask('tools/call', { name: 'ask' });
      await again(first, { name: 'ask' });
      expect((await again(first, { name: 'ask' })).error?.code).to.equal(-32_602);
      expect(source.calls.length).to.equal(1);
    });

    it('end with the work when the client does not come back', async () => {
      source.call = askTimes(1);
      const first = await client.ask('tools/call', { name: 'ask' });
      const { signal } = source.calls[0]!;
      clock.goOn(119_999);
      expect(signal.aborted).to.equal(false);
      clock.goOn(1);
      expect(signal.aborted).to.equal(true);
      expect((await again(first, { name: 'ask' })).error?.code).to.equal(-32_602);
      expect(clock.timers).to.equal(0);
    });

    it('end with the work when the time that the operator gives is over', async () => {
      const quick = createGateway({ codeMode, scriptTool: true, clock, questionWaitMs: 1_000 });
      source.call = askTimes(1);
      const other = await made(rawStdio(quick, 'modern', ELICITATION));
      await other.ask('tools/call', { name: 'ask' });
      clock.goOn(1_000);
      expect(source.calls[0]!.signal.aborted).to.equal(true);
    });

    it('end with the work at once when the client of a stdio connection leaves between rounds', async () => {
      source.call = askTimes(1);
      const other = await made(rawStdio(gateway, 'modern', ELICITATION));
      await other.ask('tools/call', { name: 'ask' });
      const held = await client.ask('tools/call', { name: 'ask' });
      await other.close();
      while (!source.calls[0]!.signal.aborted) await new Promise(setImmediate);
      expect(textOf((await again(held, { name: 'ask' })).result)).to.include('Ada');
    });

    it('end with the work when the client leaves in a round', async () => {
      source.call = () => new Promise(() => undefined);
      void client.ask('tools/call', { name: 'ask' });
      while (source.calls.length === 0) await new Promise(setImmediate);
      await client.close();
      while (!source.calls[0]!.signal.aborted) await new Promise(setImmediate);
    });

    it('are bounded for one caller', async () => {
      source.call = async ({ client: link, signal }) => {
        const answer: unknown = await link!.ask!(FORM, signal).catch((thrown: unknown) => thrown);
        return text(String(answer instanceof ToolscriptError));
      };
      const answers: Message[] = [];
      for (let index = 0; index < 33; index += 1)
        answers.push(await client.ask('tools/call', { name: 'ask' }));
      const held = answers.filter(({ result }) => result?.['resultType'] === 'input_required');
      expect(held.length).to.equal(32);
      expect(textOf(answers[32]?.result)).to.equal('true');
    });

    it('are not put for completions, which know no rounds', async () => {
      source.request = ({ client: link, input }) =>
        Promise.resolve({
          completion: { values: [String(link?.ask !== undefined), String(input !== undefined)] },
        });
      const { result } = await client.ask('completion/complete', { ref: {}, argument: {} });
      expect(result?.['completion']).to.deep.equal({ values: ['false', 'false'] });
    });
  });

  describe('of a server of the 2026-07-28 era', () => {
    const required = (extra: object = {}): ToolResult => ({
      content: [],
      resultType: 'input_required',
      inputRequests: { name: FORM },
      ...extra,
    });

    it('go to the client as they are, and come back as rounds', async () => {
      source.call = ({ input }) =>
        Promise.resolve(
          input?.state === 'server state'
            ? text(JSON.stringify(input))
            : required({ requestState: 'server state' }),
        );
      const client = await made(rawHttp(door.url, 'modern', ELICITATION));
      const first = await client.ask('tools/call', { name: 'ask' });
      expect(first.result?.['inputRequests']).to.deep.equal({ name: FORM });
      const { requestState } = first.result!;
      const last = await client.ask('tools/call', {
        name: 'ask',
        inputResponses: { name: ACCEPTED },
        requestState,
      });
      expect(JSON.parse(textOf(last.result))).to.deep.equal({
        responses: { name: ACCEPTED },
        state: 'server state',
      });
      expect(source.calls.length).to.equal(2);
      expect(String(requestState)).not.to.include('server state');
    });

    it('come back through any gateway with the same key, for the same request alone', async () => {
      source.call = ({ input }) =>
        Promise.resolve(input?.state === 'step' ? text('done') : required({ requestState: 'step' }));
      const gateways = ['the key that two gateways share', 'the key that two gateways share', undefined].map(
        (stateKey) => createGateway({ codeMode, scriptTool: true, ...(stateKey && { stateKey }) }),
      );
      const [one, two, stranger] = await Promise.all(
        gateways.map((each) => made(rawStdio(each, 'modern', ELICITATION))),
      );
      const { requestState } = (await one!.ask('tools/call', { name: 'ask' })).result!;
      const back = { name: 'ask', inputResponses: { name: ACCEPTED }, requestState };
      expect(textOf((await two!.ask('tools/call', back)).result)).to.equal('done');
      for (const refused of [
        await stranger!.ask('tools/call', back),
        await two!.ask('tools/call', { ...back, name: 'other' }),
        await two!.ask('tools/call', { ...back, requestState: 'step' }),
      ])
        expect(refused.error).to.deep.include({ code: -32_602, message: 'Invalid or expired requestState' });
      expect(source.calls.length).to.equal(2);
    });

    it('are refused with a state that is too long to carry', async () => {
      source.call = () => Promise.resolve(required({ requestState: 'x'.repeat(262_145) }));
      const client = await made(rawHttp(door.url, 'modern', ELICITATION));
      const { error } = await client.ask('tools/call', { name: 'ask' });
      expect(error).to.deep.include({ code: -32_603, data: { code: 'backend/unavailable' } });
    });

    it('are refused for what the client did not declare', async () => {
      source.call = () => Promise.resolve(required());
      const client = await made(rawHttp(door.url, 'modern', { sampling: {} }));
      const { error } = await client.ask('tools/call', { name: 'ask' });
      expect(error?.code).to.equal(-32_021);
      expect(error?.data).to.deep.equal({ requiredCapabilities: { elicitation: { form: {} } } });
    });

    it('are refused where they are no questions', async () => {
      source.call = () =>
        Promise.resolve(required({ inputRequests: { a: { method: 'tools/call', params: {} } } }));
      const client = await made(rawHttp(door.url, 'modern', ELICITATION));
      expect((await client.ask('tools/call', { name: 'ask' })).error?.code).to.equal(-32_603);
    });

    it('are not for scripts, nor for sessions', async () => {
      source.call = ({ input }) => Promise.resolve(text(String(input === undefined)));
      const client = await made(rawHttp(door.url, 'modern', ELICITATION));
      const { result } = await client.ask('tools/call', RUN);
      expect(result?.['structuredContent']).to.deep.include({ result: true });
      const session = await made(rawStdio(gateway, 'legacy', ELICITATION));
      expect(textOf((await session.ask('tools/call', { name: 'ask' })).result)).to.equal('true');
    });
  });
});

const RUN = { name: 'execute_tool_script', arguments: { script: 'return ask()' } };

function answersTo({ result }: Message): object {
  const keys = Object.keys(result?.['inputRequests'] ?? {});
  return Object.fromEntries(keys.map((key) => [key, ACCEPTED]));
}

function text(words: string): ToolResult {
  return { content: [{ type: 'text', text: words }] };
}

function textOf(result: Message['result']): string {
  return (result?.['content'] as { text: string }[] | undefined)?.[0]?.text ?? JSON.stringify(result);
}
