/** Prometheus at work on the rules of this folder, asked over its HTTP API. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** One value, with the labels by which it is told from others. */
export interface Value {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Whether Prometheus is on this machine. */
export async function hasPrometheus(): Promise<boolean> {
  return run('prometheus', ['--version']).then(
    () => true,
    () => false,
  );
}

/** What its own tool says of the rules; rejects when they are at fault. */
export async function checkRules(): Promise<string> {
  const { stdout } = await run('promtool', ['check', 'rules', here('rules.yml')]);
  return stdout.trim().split('\n').at(-1)!.trim();
}

/** A Prometheus that scrapes one gateway. */
export class Prometheus {
  readonly #url: string;
  readonly #stop: () => Promise<void>;

  private constructor(url: string, stop: () => Promise<void>) {
    this.#url = url;
    this.#stop = stop;
  }

  /** The configuration of this folder, but each second, and the gateway where it really is. */
  static async start(folder: string, metrics: URL): Promise<Prometheus> {
    const written = await readFile(here('prometheus.yml'), 'utf8');
    const config = written.replace('127.0.0.1:9464', metrics.host).replaceAll('15s', '1s');
    await writeFile(join(folder, 'prometheus.yml'), config);
    await copyFile(here('rules.yml'), join(folder, 'rules.yml'));
    const port = await freePort();
    const child = spawn(
      'prometheus',
      [
        `--config.file=${join(folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${String(port)}`,
      ],
      { stdio: 'ignore' },
    );
    const ended = once(child, 'close');
    return new Prometheus(`http://127.0.0.1:${String(port)}`, async () => {
      child.kill('SIGTERM');
      await ended;
    });
  }

  stop(): Promise<void> {
    return this.#stop();
  }

  /** What an expression comes to now; rejects where Prometheus cannot work it out. */
  async query(expression: string): Promise<Value[]> {
    const response = await fetch(`${this.#url}/api/v1/query?query=${encodeURIComponent(expression)}`);
    const answer = (await response.json()) as Answer;
    if (answer.status !== 'success') throw new Error(`${expression}: ${answer.error}`);
    return answer.data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
  }

  /** Asks until the one value is as it should be, or the time is over; answers the last one. */
  async settled(expression: string, wanted: number, withinMs = 20_000): Promise<number> {
    const end = Date.now() + withinMs;
    for (;;) {
      const [first] = await this.query(expression).catch(() => []);
      const value = first?.value ?? 0;
      if (value === wanted || Date.now() > end) return value;
      await pause(250);
    }
  }
}

type Answer =
  | {
      readonly status: 'success';
      readonly data: {
        readonly result: readonly { metric: Record<string, string>; value: [number, string] }[];
      };
    }
  | { readonly status: 'error'; readonly error: string };

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
