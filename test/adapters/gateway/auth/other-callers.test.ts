/** What is given to one caller is of no use to another. */
import { expect } from 'chai';
import type { CodeMode } from '../../../../core/index.js';
import { createAuthenticator } from '../../../../adapters/gateway/auth/authentication.js';
import { createGateway, type HttpDoor } from '../../../../adapters/gateway/index.js';
import { textResult } from '../../../support/test-tools.js';
import { AnySource } from '../any-source.js';
import { compose } from '../composed.js';
import { MODERN_META, type Message } from '../raw-client.js';

const ADA = 'the-token-of-ada-0123456789';
const EVE = 'the-token-of-eve-0123456789';
const FORM = {
  method: 'elicitation/create',
  params: { message: 'Who?', requestedSchema: { type: 'object', properties: {} } },
} as const;

describe('callers with tokens of their own', () => {
  let source: AnySource;
  let codeMode: CodeMode;
  let door: HttpDoor;

  before(async () => {
    source = new AnySource();
    source.lists.tools = [{ name: 'ask', inputSchema: { type: 'object' } }];
    codeMode = await compose(source.dispatcher);
    const tokens = [
      { id: 'ada', token: ADA },
      { id: 'eve', token: EVE },
    ];
    const authenticator = createAuthenticator({ tokens });
    door = await createGateway({ codeMode, scriptTool: false }).serveHttp({ authenticator });
  });

  after(async () => {
    await door.close();
    await codeMode.close();
  });

  async function call(token: string | undefined, extra: object = {}, url = door.url): Promise<Response> {
    const capabilities = { 'io.modelcontextprotocol/clientCapabilities': { elicitation: {} } };
    const params = { name: 'ask', arguments: {}, ...extra, _meta: { ...MODERN_META, ...capabilities } };
    return fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': 'ask',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
    });
  }
  const answer = async (asked: Promise<Response>): Promise<Message> =>
    (await (await asked).json()) as Message;

  it('cannot go on with the questions of another', async () => {
    source.call = async ({ client, signal }) => {
      await client!.ask!(FORM, signal);
      return textResult('done');
    };
    const { result } = await answer(call(ADA));
    const [key = ''] = Object.keys(result?.['inputRequests'] as object);
    const again = {
      inputResponses: { [key]: { action: 'accept', content: {} } },
      requestState: result?.['requestState'],
    };
    const stolen = await answer(call(EVE, again));
    expect(stolen.error).to.deep.include({ code: -32_602, message: 'Invalid or expired requestState' });
    expect((await answer(call(ADA, again))).result?.['content']).to.deep.equal([
      { type: 'text', text: 'done' },
    ]);
  });

  it('are not let in by a token in the address', async () => {
    for (const name of ['access_token', 'token', 'authorization']) {
      const url = `${door.url}?${name}=${ADA}`;
      expect((await call(undefined, {}, url)).status, name).to.equal(401);
    }
  });
});
