/** Three gateways and nginx before them, each a process of its own. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../support/redis.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Whether there is an nginx to start: `apt-get install nginx-light`. */
export const hasNginx = spawnSync('nginx', ['-v']).status === 0;

/** A gateway of the command line, with the manifest at `file`. */
export async function startGateway(file: string): Promise<{ port: number; child: ChildProcess }> {
  const port = await freePort();
  const args = ['--import', 'tsx', 'adapters/cli/main.ts', 'serve', '--http', '--port', String(port)];
  const child = spawn(process.execPath, [...args, '-c', file], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error('a gateway ended before it was ready');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { port, child };
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${String(port)}/readyz`).catch(() => undefined);
  return answer?.status === 200;
}

/** nginx by the configuration of the example, with these gateways behind it. */
export async function startNginx(
  folder: string,
  gateways: readonly number[],
): Promise<{ url: string; child: ChildProcess }> {
  const port = await freePort();
  const example = readFileSync(join(root, 'docs/examples/deploy/nginx.conf'), 'utf8');
  const servers = gateways.map((at) => `server 127.0.0.1:${String(at)};`).join('\n');
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `${name}_temp_path ${join(folder, name)};`)
    .join('\n');
  const text = example
    .replace(/(\s*server toolscript-\d:8080;)+/, `\n${servers}`)
    .replace('listen 80;', `listen 127.0.0.1:${String(port)};`)
    .replace('http {', `pid ${join(folder, 'nginx.pid')};\nhttp {\naccess_log off;\n${paths}`);
  const file = join(folder, 'nginx.conf');
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text);
  const child = spawn(
    'nginx',
    ['-p', folder, '-e', 'stderr', '-c', file, '-g', 'daemon off; master_process off;'],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const url = `http://127.0.0.1:${String(port)}/mcp`;
  while ((await fetch(url).catch(() => undefined)) === undefined) {
    if (child.exitCode !== null) throw new Error('nginx ended before it was ready');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { url, child };
}

/** Resolves when the process has ended, with its code. */
export async function stop(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
  return child.exitCode;
}
