/** A gateway on the standard streams of this process, over servers given as JSON; ends with its client. */
import { gatewayOver } from '../../adapters/gateway/composed.js';
import type { ServerConfig } from '../../../plugins/dispatchers/mcp/index.js';

const servers = JSON.parse(process.argv[2] ?? '{}') as Record<string, ServerConfig>;
const { gateway, codeMode } = await gatewayOver(servers);
await gateway.serveStdio().closed;
await codeMode.close();
