/**
 * The gateway of the soak, started with --expose-gc: clients come over HTTP with a token each, and over a
 * local socket each as over stdio. What its parent says: `heap` answers the bytes that are alive, `stop` ends it.
 */
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';

import { createAuthenticator, createGateway } from '../../adapters/gateway/index.js';
import { createCodeMode } from '../../adapters/library/index.js';
import { defineTool } from '../../core/index.js';
import { createInProcessDispatcher } from '../../plugins/dispatchers/in-process/index.js';
import { createJoinedDispatcher } from '../../plugins/dispatchers/joined/index.js';
import { createMcpDispatcher, type ServerConfig } from '../../plugins/dispatchers/mcp/index.js';

/** What the gateway is told, as JSON. */
export interface SoakSetup {
  readonly servers: Readonly<Record<string, ServerConfig>>;
  readonly callers: readonly { readonly id: string; readonly token: string }[];
  /** Where the socket `ID.sock` of each caller is. */
  readonly folder: string;
}

const { servers, callers, folder } = JSON.parse(process.argv[2]!) as SoakSetup;
const whoami = defineTool({
  name: 'whoami',
  inputSchema: { type: 'object' },
  call: (_args, { caller }) => `caller-is-${caller.id}`,
});
const dispatcher = createJoinedDispatcher([
  { name: 'own', dispatcher: createInProcessDispatcher([whoami]) },
  { name: 'servers', dispatcher: createMcpDispatcher({ servers }) },
]);
const codeMode = await createCodeMode({ dispatcher });
await codeMode.listTools();
const gateway = createGateway({ codeMode, scriptTool: true });
const authenticator = createAuthenticator({ tokens: callers });
// Clients that go without a word leave their sessions behind: so few that the warm-up fills them.
const door = await gateway.serveHttp({ authenticator, maxSessions: 50 });
const sockets = await Promise.all(callers.map(({ id }) => serveSocket(id)));

process.on('message', (word) => {
  if (word === 'heap') process.send?.({ heap: aliveBytes() });
  else void stop();
});
process.send?.({ url: door.url });

function serveSocket(id: string): Promise<Server> {
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    const client = gateway.serveStdio({ input: socket, output: socket, caller: { id } });
    void client.closed.then(() => socket.destroy());
  });
  return new Promise((resolve) => server.listen(join(folder, `${id}.sock`), () => resolve(server)));
}

function aliveBytes(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Afterwards nothing keeps the process; what does is a leak that the parent sees. */
async function stop(): Promise<void> {
  for (const server of sockets) server.close();
  await door.close();
  await codeMode.close();
  process.disconnect();
}
