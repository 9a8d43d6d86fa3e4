/** What servers ask clients in the middle of a call through call_tool, and what clients are told of lists. */
import { expect } from 'chai';
import { createGateway, type Gateway, type HttpDoor } from '../../../adapters/gateway/index.js';
import { createOptimizer } from '../../../adapters/optimizer-compat/index.js';
import type { CodeMode, JsonObject, ToolResult } from '../../../core/index.js';
import { AnySource } from '../gateway/any-source.js';
import { compose } from '../gateway/composed.js';
import { rawHttp, rawStdio, type RawClient } from '../gateway/raw-client.js';

const FORM = {
  method: 'elicitation/create',
  params: { message: 'Who?', requestedSchema: { type: 'object', properties: { name: { type: 'string' } } } },
} as const;
const ACCEPTED = { action: 'accept', content: { name: 'Ada' } };
const ELICITATION = { elicitation: {} };
const CALL = { name: 'call_tool', arguments: { tool_name: 'ask', parameters: {} } };
const SCRIPT = {
  name: 'call_tool',
  arguments: { tool_name: 'execute_tool_script', parameters: { script: 'return ask()' } },
};

const tool = (name: string, fields: JsonObject = {}): JsonObject => ({
  name,
  inputSchema: { type: 'object' },
  ...fields,
});
const text = (words: string): ToolResult => ({ content: [{ type: 'text', text: words }] });

describe('questions through call_tool', () => {
  let source: AnySource;
  let codeMode: CodeMode;
  let gateway: Gateway;
  let door: HttpDoor;
  let client: RawClient;

  beforeEach(async () => {
    source = new AnySource();
    source.lists.tools = [tool('ask'), tool('other')];
    codeMode = createOptimizer(await compose(source.dispatcher), { scripts: true, pinned: ['pin*'] });
    gateway = createGateway({ codeMode, scriptTool: true });
    door = await gateway.serveHttp();
  });

  afterEach(async () => {
    await client.close();
    await door.close();
    await codeMode.close();
  });

  for (const [what, call] of Object.entries({ 'a tool': CALL, 'a script': SCRIPT })) {
    it(`of ${what} are put to a session while the call is under way`, async () => {
      source.call = async (made) => text(JSON.stringify(await made.client!.ask!(FORM, made.signal)));
      client = await rawStdio(gateway, 'legacy', ELICITATION);
      client.answer('elicitation/create', () => ACCEPTED);
      const { result } = await client.ask('tools/call', call);
      expect(JSON.stringify(result)).to.contain('Ada');
    });

    it(`of ${what} come back as input that is required in the newer era`, async () => {
      source.call = async (made) => text(JSON.stringify(await made.client!.ask!(FORM, made.signal)));
      client = await rawHttp(door.url, 'modern', ELICITATION);
      const { result: asked } = await client.ask('tools/call', call);
      expect(asked).to.include({ resultType: 'input_required' });
      const { requestState, inputRequests } = asked as { requestState: string; inputRequests: object };
      const inputResponses = Object.fromEntries(Object.keys(inputRequests).map((key) => [key, ACCEPTED]));
      const { result } = await client.ask('tools/call', { ...call, requestState, inputResponses });
      expect(JSON.stringify(result)).to.contain('Ada');
      expect(source.calls).to.have.length(1);
    });
  }

  it('of a server of the newer era go to the client as they are, and come back as rounds', async () => {
    const rounds: unknown[] = [];
    const answers: ToolResult[] = [
      { resultType: 'input_required', content: [], inputRequests: { who: FORM }, requestState: 'theirs' },
      { content: [{ type: 'text', text: 'done' }] },
    ];
    source.call = ({ input }) => {
      rounds.push(input);
      return Promise.resolve(answers.shift()!);
    };
    client = await rawHttp(door.url, 'modern', ELICITATION);
    const { result: asked } = await client.ask('tools/call', CALL);
    expect(asked?.['inputRequests']).to.deep.equal({ who: FORM });
    const again = { requestState: asked?.['requestState'], inputResponses: { who: ACCEPTED } };
    const { result } = await client.ask('tools/call', { ...CALL, ...again });
    expect(JSON.stringify(result)).to.contain('done');
    expect(rounds).to.deep.equal([{}, { state: 'theirs', responses: { who: ACCEPTED } }]);
  });

  for (const connect of ['legacy', 'modern'] as const) {
    it(`a client hears of other tools only when those that are listed changed (${connect})`, async () => {
      client = await rawStdio(gateway, connect);
      if (connect === 'modern') {
        const notifications = { toolsListChanged: true };
        void client.ask('subscriptions/listen', { notifications });
        await client.next('notifications/subscriptions/acknowledged');
      }
      await client.ask('tools/list');
      source.lists.tools = [tool('ask', { description: 'asks again' }), tool('one'), tool('two')];
      source.changed();
      await client.ask('tools/list');
      source.lists.tools = [tool('pinned'), ...source.lists.tools];
      source.changed();
      await client.next('notifications/tools/list_changed');
      expect(client.told.map(({ method }) => method)).to.deep.equal([]);
      const { result } = await client.ask('tools/list');
      expect((result?.['tools'] as { name: string }[]).map(({ name }) => name)).to.include('pinned');
    });
  }
});
