/** The server of the 2026-07-28 era in a process of its own, over HTTP on a free port. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { ListeningServer } from './everything-over-http.js';
import { modern } from './index.js';

/** Starts it. */
export async function modernOverHttp(): Promise<ListeningServer> {
  const { command, args = [] } = modern();
  const child = spawn(command, [...args, 'http'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await exited;
  };
  return { url: `http://127.0.0.1:${Number(line.toString())}/`, close };
}
