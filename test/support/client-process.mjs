/**
 * An MCP client in a process of its own: calls one tool and prints the result.
 * `node client-process.mjs '{"url" or "command", "args", "env"; "era", "tool", "arguments"}'`.
 */
import { URL } from 'node:url';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';

const { url, era, tool, arguments: args, ...server } = JSON.parse(process.argv[2]);
const mode = era === '2026-07-28' ? 'auto' : 'legacy';
const client = new Client({ name: 'a process', version: '1' }, { versionNegotiation: { mode } });
const transport =
  url === undefined
    ? new StdioClientTransport({ ...server, stderr: 'inherit' })
    : new StreamableHTTPClientTransport(new URL(url));
await client.connect(transport);
process.stdout.write(`connected ${client.getProtocolEra()} ${transport.pid ?? ''}\n`);
const result = await client.callTool({ name: tool, arguments: args });
process.stdout.write(`result ${JSON.stringify(result)}\n`);
await client.close();
