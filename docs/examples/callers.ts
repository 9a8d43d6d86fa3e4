import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { createCodeMode, defineTool } from 'toolscript';
import { createAuthenticator, createGateway } from 'toolscript/adapters/gateway';
import { createAccessList } from 'toolscript/plugins/limits/access-list';

const tools = ['read_note', 'delete_note'].map((name) =>
  defineTool({ name, inputSchema: { type: 'object' }, call: () => 'done' }),
);

// Who may do what.
const limits = await createAccessList({
  rules: [
    { allow: { tools: ['read_*'] } },
    { callers: { roles: ['editor'] }, allow: { tools: ['*'], codeMode: true } },
  ],
});
const codeMode = await createCodeMode({ tools, limits });

// Who may come: the tokens would be in the environment.
const authenticator = createAuthenticator({
  tokens: [
    { id: 'ci', token: 'a-token-for-the-build' },
    { id: 'alice', token: 'a-token-for-alice', roles: ['editor'] },
  ],
});
const gateway = createGateway({ codeMode, scriptTool: true });
const door = await gateway.serveHttp({ authenticator });

for (const token of ['a-token-for-the-build', 'a-token-for-alice']) {
  const client = new Client({ name: 'example', version: '1.0.0' });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(door.url), { requestInit }));
  const listed = await client.listTools();
  console.log(listed.tools.map(({ name }) => name).join(' '));
  await client.close();
}
const nobody = await fetch(door.url, { method: 'POST', body: '{}' });
console.log(nobody.status, nobody.headers.get('www-authenticate'));

await door.close();
await codeMode.close();

//> read_note
//> read_note delete_note execute_tool_script
//> 401 Bearer
