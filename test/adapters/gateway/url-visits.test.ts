import { expect } from 'chai';
import { createGateway, type HttpDoor } from '../../../adapters/gateway/index.js';
import { ToolscriptError, type CodeMode, type JsonObject } from '../../../core/index.js';
import { textResult } from '../../support/test-tools.js';
import { AnySource } from './any-source.js';
import { compose } from './composed.js';
import { rawHttp, rawStdio, type Message, type RawClient } from './raw-client.js';

const URL_MODE = { elicitation: { url: {} } };
const visit = (url: string, elicitationId: string): JsonObject => ({
  mode: 'url',
  url,
  message: `Go to ${url}`,
  elicitationId,
});
const ELICITATIONS = [visit('https://a.example/', '1'), visit('https://b.example/', '2')];

describe('an older server that sends its client to addresses', () => {
  let source: AnySource;
  let codeMode: CodeMode;
  let door: HttpDoor;
  let gateway: ReturnType<typeof createGateway>;
  let data: JsonObject;
  /** How often it does so before it answers. */
  let times: number;

  beforeEach(async () => {
    source = new AnySource();
    data = { elicitations: ELICITATIONS };
    times = 1;
    source.lists.tools = [{ name: 'buy', inputSchema: { type: 'object' } }];
    source.call = () => {
      times -= 1;
      return times >= 0 ? Promise.reject(sentAway()) : Promise.resolve(textResult('bought'));
    };
    source.request = () => Promise.reject(sentAway('context/failed'));
    codeMode = await compose(source.dispatcher);
    gateway = createGateway({ codeMode, scriptTool: false });
    door = await gateway.serveHttp();
  });

  afterEach(async () => {
    await door.close();
    await codeMode.close();
  });

  function sentAway(code: 'tool/failed' | 'context/failed' = 'tool/failed'): ToolscriptError {
    const rpc = { code: -32_042, message: 'pay first', data };
    return new ToolscriptError({ code, message: 'pay first', tool: 'buy' }, { rpc });
  }

  async function withClient(connecting: Promise<RawClient>, act: (client: RawClient) => Promise<void>) {
    const client = await connecting;
    await act(client);
    await client.close();
  }

  const BUY = { name: 'buy', arguments: { n: 1 } };
  const questions = ({ result }: Message): JsonObject => result?.['inputRequests'] as JsonObject;

  it('requires input of a client of 2026-07-28, whose retry is the call anew', async () => {
    await withClient(rawHttp(door.url, 'modern', URL_MODE), async (client) => {
      const first = await client.ask('tools/call', BUY);
      expect(first.result).to.include({ resultType: 'input_required' });
      expect(Object.values(questions(first))).to.deep.equal(
        ['https://a.example/', 'https://b.example/'].map((url) => ({
          method: 'elicitation/create',
          params: { mode: 'url', url, message: `Go to ${url}` },
        })),
      );
      const accepted = Object.fromEntries(
        Object.keys(questions(first)).map((key) => [key, { action: 'accept' }]),
      );
      const last = await client.ask('tools/call', { ...BUY, inputResponses: accepted });
      expect(last.result?.['content']).to.deep.equal([{ type: 'text', text: 'bought' }]);
      expect(source.calls.map(({ args }) => args)).to.deep.equal([{ n: 1 }, { n: 1 }]);
      const prompt = await client.ask('prompts/get', { name: 'greet' });
      expect(prompt.result).to.include({ resultType: 'input_required' });
    });
  });

  it('is asked once more while its user has not been there, and not when its user will not go', async () => {
    times = 3;
    await withClient(rawHttp(door.url, 'modern', URL_MODE), async (client) => {
      const again = (action: string): Promise<Message> =>
        client.ask('tools/call', { ...BUY, inputResponses: { 'visit-1': { action } } });
      expect((await again('accept')).result).to.include({ resultType: 'input_required' });
      const { error } = await again('decline');
      expect(error).to.deep.equal({ code: -32_603, message: 'pay first' });
    });
  });

  it('is no reason to ask a client that takes no addresses', async () => {
    await withClient(rawHttp(door.url, 'modern', { elicitation: {} }), async (client) => {
      const { error } = await client.ask('tools/call', BUY);
      expect(error?.code).to.equal(-32_021);
      expect(error?.data).to.deep.equal({ requiredCapabilities: URL_MODE });
    });
  });

  it('has nothing of its own passed on as an address', async () => {
    for (const elicitations of ['none', [], [null, 7, { url: 7 }, { message: 'where?' }]]) {
      times = 1;
      data = { elicitations };
      await withClient(rawHttp(door.url, 'modern', URL_MODE), async (client) => {
        const { error } = await client.ask('tools/call', BUY);
        expect(error).to.deep.equal({ code: -32_603, message: 'pay first' });
      });
    }
  });

  it('is passed on as it is to a session, which knows the error', async () => {
    await withClient(rawStdio(gateway, 'legacy', URL_MODE), async (client) => {
      const { error } = await client.ask('tools/call', BUY);
      expect(error).to.deep.equal({ code: -32_042, message: 'pay first', data });
    });
  });
});
