/** Calls that are answered without the SDK's servers and transports, beside those that are not. */
import { expect } from 'chai';
import type { ToolCall } from '../../../../core/index.js';
import { createGateway, type HttpDoor } from '../../../../adapters/gateway/index.js';
import { definition, HoldingDispatcher, textResult, type HeldCall } from '../../../support/test-tools.js';
import { compose } from '../composed.js';
import { MODERN_META, type Message } from '../raw-client.js';

const BOTH = 'application/json, text/event-stream';

/** Tells of each call that reaches it. */
class Backend extends HoldingDispatcher {
  readonly #waiting: ((call: HeldCall) => void)[] = [];

  override callTool(call: ToolCall): ReturnType<HoldingDispatcher['callTool']> {
    const answer = super.callTool(call);
    this.#waiting.shift()?.(this.calls.at(-1)!);
    return answer;
  }

  /** The next call that comes. */
  next(): Promise<HeldCall> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

describe('plain calls over HTTP', () => {
  let backend: Backend;
  let door: HttpDoor;
  let close: () => Promise<void>;

  beforeEach(async () => {
    backend = new Backend([definition('wait')]);
    const codeMode = await compose(backend);
    door = await createGateway({ codeMode, scriptTool: true }).serveHttp({ streamPingMs: 30 });
    close = async () => {
      await codeMode.close();
      await door.close();
    };
  });
  afterEach(() => close());

  function post(message: object, headers: Record<string, string>, signal?: AbortSignal): Promise<Response> {
    return fetch(door.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: BOTH, ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
      ...(signal && { signal }),
    });
  }

  function call(name: string, { accept = BOTH, meta = {}, method = 'tools/call' } = {}): Promise<Response> {
    const params = { name, arguments: {}, _meta: { ...MODERN_META, ...meta } };
    const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': method, 'mcp-name': name };
    return post({ id: 'one', method, params }, { ...headers, accept });
  }

  async function session(): Promise<Record<string, string>> {
    const clientInfo = { name: 'by hand', version: '1' };
    const params = { protocolVersion: '2025-11-25', capabilities: {}, clientInfo };
    const response = await post({ id: 0, method: 'initialize', params }, {});
    await response.text();
    const headers = {
      'mcp-session-id': response.headers.get('mcp-session-id') ?? '',
      'mcp-protocol-version': '2025-11-25',
    };
    await post({ method: 'notifications/initialized' }, headers);
    return headers;
  }

  it('are answered as the SDK answers them', async () => {
    const answers: unknown[][] = [];
    for (const accept of [BOTH, 'application/json']) {
      const seen: unknown[] = [];
      for (const answer of [textResult('done'), { ...textResult('no'), isError: true, _meta: { own: 1 } }]) {
        const asked = call('wait', { accept });
        (await backend.next()).answer(answer);
        const response = await asked;
        seen.push(response.status, response.headers.get('content-type'), await response.json());
      }
      for (const wrong of [call('nothing', { accept }), call('none', { accept, method: 'prompts/get' })]) {
        const response = await wrong;
        seen.push(response.status, await response.json());
      }
      answers.push(seen);
    }
    expect(answers[0]).to.deep.equal(answers[1]);
    expect(JSON.stringify(answers[0])).to.include('"resultType":"complete"').and.to.include('serverInfo');
  });

  it('keep what the client says of itself from the backend, and hand on the rest', async () => {
    const asked = call('wait', { meta: { traceparent: '00-1', 'io.modelcontextprotocol/logLevel': 'info' } });
    const held = await backend.next();
    expect(held.meta).to.deep.equal({ traceparent: '00-1' });
    expect(held.client?.logLevel).to.equal('info');
    held.answer(textResult('done'));
    await asked;
  });

  for (const era of ['2025-11-25', '2026-07-28']) {
    it(`become a stream when something is told before the answer, or nothing for long, ${era}`, async () => {
      const headers = era === '2025-11-25' ? await session() : {};
      const params = { name: 'wait', arguments: {}, _meta: { progressToken: 'p' } };
      const asked =
        era === '2025-11-25'
          ? post({ id: 'one', method: 'tools/call', params }, headers)
          : call('wait', { meta: { progressToken: 'p' } });
      const held = await backend.next();
      const response = await asked;
      expect(response.headers.get('content-type')).to.equal('text/event-stream');
      const parts = response.body!.pipeThrough(new TextDecoderStream())[Symbol.asyncIterator]();
      expect((await parts.next()).value).to.equal(': keepalive\n\n');
      held.onProgress?.({ progress: 1 });
      held.answer(textResult('done'));
      let text = '';
      for (let part = await parts.next(); part.done !== true; part = await parts.next()) text += part.value;
      const told = text
        .split('\n')
        .filter((line) => line.startsWith('data: '))
        .map((line) => JSON.parse(line.slice('data: '.length)) as Message);
      expect(told.map(({ method, id }) => method ?? id)).to.deep.equal(['notifications/progress', 'one']);
      expect(told[0]!.params).to.deep.equal({ progress: 1, progressToken: 'p' });
    });
  }

  it('of a session end without an answer when they are cancelled', async () => {
    const headers = await session();
    const asked = post({ id: 7, method: 'tools/call', params: { name: 'wait' } }, headers);
    const held = await backend.next();
    await post({ method: 'notifications/cancelled', params: { requestId: 7 } }, headers);
    const text = await (await asked).text();
    expect(text.replaceAll(': keepalive\n\n', '')).to.equal('');
    expect(held.signal.aborted).to.equal(true);
  });

  it('of a session are cancelled when the client goes', async () => {
    const headers = await session();
    const leaving = new AbortController();
    const asked = post({ id: 7, method: 'tools/call', params: { name: 'wait' } }, headers, leaving.signal);
    const { signal } = await backend.next();
    const cancelled = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    leaving.abort();
    await asked.catch(() => undefined);
    await cancelled;
  });

  it('of a session may come beside others, and each finds its asker', async () => {
    const headers = await session();
    const asked = [1, 2, 3].map((id) =>
      post({ id, method: 'tools/call', params: { name: 'wait' } }, headers).then((answer) => answer.text()),
    );
    const held = await Promise.all(asked.map(() => backend.next()));
    for (const each of held.reverse()) each.answer(textResult('done'));
    const ids = (await Promise.all(asked)).map((text) => /"id":(\d)/.exec(text)?.[1]);
    expect(ids).to.deep.equal(['1', '2', '3']);
  });
});
