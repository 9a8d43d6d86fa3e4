/** The gateway of this example as a process of its own, and clients of it. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** How the command is started from the sources. */
const COMMAND = ['--import', import.meta.resolve('tsx'), here('../../../adapters/cli/main.ts')] as const;
const ENVIRONMENT = { ...process.env, TSX_TSCONFIG_PATH: here('../../../tsconfig.json') };

/** A gateway at work. */
export interface RunningGateway {
  /** Where clients come. */
  readonly mcp: string;
  /** Where its metrics are. */
  readonly metrics: string;
  stop(): Promise<void>;
}

/** Starts the gateway; its servers keep what they must in the folder. */
export async function startGateway(folder: string): Promise<RunningGateway> {
  const args = ['serve', '--http', '--port', '0', '--no-watch', '--config', here('toolscript.json')];
  const child = spawn(process.execPath, [...COMMAND, ...args], {
    env: { ...ENVIRONMENT, OBSERVED_MEMORY: `${folder}/memory.jsonl` },
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  try {
    const said = await toldPlaces(child);
    return { ...said, stop };
  } catch (problem) {
    await stop();
    throw problem;
  }
}

/** It says on its error output where it listens, as it would tell an operator. */
function toldPlaces(child: ChildProcessWithoutNullStreams): Promise<{ mcp: string; metrics: string }> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (data: Buffer) => {
      said += data.toString();
      const [, mcp] = /serving on (http:\S+?):? /.exec(said) ?? [];
      const [, metrics] = /metrics at (http:\S+)/.exec(said) ?? [];
      if (mcp !== undefined && metrics !== undefined) resolve({ mcp, metrics });
    });
    setTimeout(() => {
      reject(new Error(`the gateway does not say where it listens: ${said}`));
    }, 30_000).unref();
    child.once('close', () => {
      reject(new Error(`the gateway ended: ${said}`));
    });
  });
}

/** A client that has come in. */
export async function connect(url: string): Promise<Client> {
  const client = new Client({ name: 'toolscript-observability', version: '1.0.0' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  return client;
}

/** What `toolscript` prints. */
export async function toolscript(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [...COMMAND, ...args], { env: ENVIRONMENT });
  let out = '';
  let notes = '';
  child.stdout.on('data', (data: Buffer) => (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => (notes += data.toString()));
  const code = await new Promise((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`toolscript ${args.join(' ')} ended with ${String(code)}: ${notes}`);
  return out;
}
