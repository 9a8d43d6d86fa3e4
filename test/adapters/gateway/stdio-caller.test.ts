/** Who a client over standard input and output is. */
import { PassThrough } from 'node:stream';
import { Client } from '@modelcontextprotocol/client';
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import { expect } from 'chai';
import { createCodeMode, type Caller } from '../../../core/index.js';
import { createGateway } from '../../../adapters/gateway/index.js';
import { createAccessList } from '../../../plugins/limits/access-list/index.js';
import { createPlanRuntime } from '../../support/plan-runtime.js';
import { answering, definition, textResult } from '../../support/test-tools.js';

const rules = [{ callers: { roles: ['dev'] }, allow: { tools: ['a'], codeMode: true as const } }];

async function seenBy(
  mode: 'legacy' | 'auto',
  caller?: Caller,
): Promise<{ tools: string[]; asked: Caller[] }> {
  const asked: Caller[] = [];
  const dispatcher = answering([definition('a'), definition('b')], (call) => {
    asked.push(call.caller);
    return textResult('done');
  });
  const limits = await createAccessList({ rules });
  const codeMode = await createCodeMode({ runtime: createPlanRuntime(), dispatcher, limits });
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const gateway = createGateway({ codeMode, scriptTool: true });
  const door = gateway.serveStdio({
    input: toServer,
    output: toClient,
    ...(caller !== undefined && { caller }),
  });
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode } });
  await client.connect(new StdioServerTransport(toClient, toServer));
  const tools = (await client.listTools()).tools.map(({ name }) => name);
  if (tools.includes('a')) await client.callTool({ name: 'a', arguments: {} });
  await client.close();
  await door.close();
  await codeMode.close();
  return { tools, asked };
}

describe('a client over stdio', () => {
  for (const mode of ['legacy', 'auto'] as const) {
    it(`is whom the host says (${mode})`, async () => {
      const { tools, asked } = await seenBy(mode, { id: 'me', claims: { roles: ['dev'] } });
      expect(tools).to.deep.equal(['a', 'execute_tool_script']);
      expect(asked).to.have.length(1);
      expect(asked[0]).to.deep.include({ id: 'me' });
      expect(asked[0]?.claims).to.deep.include({ roles: ['dev'] });
    });

    it(`is anonymous otherwise (${mode})`, async () => {
      expect((await seenBy(mode)).tools).to.deep.equal([]);
    });
  }
});
