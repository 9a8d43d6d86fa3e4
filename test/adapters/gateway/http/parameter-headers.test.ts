/** `x-mcp-header` (2026-07-28, basic/transports, custom headers), at the gateway. */
import { expect } from 'chai';
import { createGateway, type HttpDoor } from '../../../../adapters/gateway/index.js';
import { answering, definition, textResult } from '../../../support/test-tools.js';
import { compose } from '../composed.js';

const REGION = {
  type: 'object',
  properties: { region: { type: 'string', 'x-mcp-header': 'Region' }, size: { type: 'integer' } },
};

describe('arguments that are repeated as headers', () => {
  let door: HttpDoor;
  let close: () => Promise<void>;

  before(async () => {
    const tools = [definition('plain'), definition('deploy', { inputSchema: REGION })];
    const codeMode = await compose(answering(tools, () => textResult('done')));
    door = await createGateway({ codeMode, scriptTool: true }).serveHttp();
    close = async () => {
      await door.close();
      await codeMode.close();
    };
  });
  after(() => close());

  async function call(
    name: string,
    args: object,
    headers: Record<string, string> = {},
  ): Promise<[number, number?]> {
    const prefix = 'io.modelcontextprotocol';
    const meta = {
      [`${prefix}/protocolVersion`]: '2026-07-28',
      [`${prefix}/clientCapabilities`]: {},
      [`${prefix}/clientInfo`]: { name: 'by hand', version: '1' },
    };
    const params = { name, arguments: args, _meta: meta };
    const response = await fetch(door.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': name,
        ...headers,
      },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
    });
    const { error } = (await response.json()) as { error?: { code: number } };
    return error === undefined ? [response.status] : [response.status, error.code];
  }

  it('must say the same as the body', async () => {
    expect(await call('deploy', { region: 'eu' }, { 'mcp-param-region': 'eu' })).to.deep.equal([200]);
    expect(await call('deploy', { region: 'eu' }, { 'mcp-param-region': 'us' })).to.deep.equal([
      400, -32_020,
    ]);
    expect(await call('deploy', { region: 'eu' })).to.deep.equal([400, -32_020]);
    expect(await call('deploy', {})).to.deep.equal([200]);
  });

  it('may come in Base64, if it is some', async () => {
    const encoded = `=?base64?${Buffer.from('Zürich').toString('base64')}?=`;
    expect(await call('deploy', { region: 'Zürich' }, { 'mcp-param-region': encoded })).to.deep.equal([200]);
    expect(await call('deploy', { region: 'x' }, { 'mcp-param-region': '=?base64?!?=' })).to.deep.equal([
      400, -32_020,
    ]);
  });

  it('are nobody’s concern where a tool does not ask for them', async () => {
    expect(await call('plain', { region: 'eu' }, { 'mcp-param-region': 'us' })).to.deep.equal([200]);
  });
});
