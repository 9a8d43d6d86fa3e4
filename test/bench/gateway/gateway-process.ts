/** A gateway over servers given as JSON: `tsx gateway-process.ts stdio|http '{"name":{…}}'`. */
import { createGateway } from '../../../adapters/gateway/index.js';
import { createCodeMode } from '../../../adapters/library/index.js';
import { createMcpDispatcher, type ServerConfig } from '../../../plugins/dispatchers/mcp/index.js';

const [door, servers = '{}'] = process.argv.slice(2);
const dispatcher = createMcpDispatcher({ servers: JSON.parse(servers) as Record<string, ServerConfig> });
const codeMode = await createCodeMode({ dispatcher });
await codeMode.listTools();
const gateway = createGateway({ codeMode, scriptTool: true });
process.once('SIGINT', () => process.exit());
if (door === 'http') console.log((await gateway.serveHttp()).url);
else {
  await gateway.serveStdio().closed;
  await codeMode.close();
}
