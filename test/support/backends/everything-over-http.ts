/** `@modelcontextprotocol/server-everything` in one of its HTTP modes, on a free port. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { everything } from './index.js';

/** A server that listens. */
export interface ListeningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts it; `mode` is `streamableHttp` or `sse`. */
export async function everythingOverHttp(mode: 'streamableHttp' | 'sse'): Promise<ListeningServer> {
  const port = await freePort();
  const { command, args = [] } = everything(mode);
  const child = spawn(command, args, {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    child.stderr.on(
      'data',
      (words: Buffer) => /(listening|running) on port/.test(words.toString()) && resolve(),
    );
    void exited.then(() => reject(new Error(`server-everything ended before it listened`)));
  });
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  return { url: `http://127.0.0.1:${port}/${mode === 'sse' ? 'sse' : 'mcp'}`, close };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
