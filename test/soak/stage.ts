/** The processes of a soak: the gateway, the server that it reaches over HTTP, and those that it starts. */
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import type { ServerConfig } from '../../plugins/dispatchers/mcp/index.js';
import type { SoakSetup } from './gateway-process.js';
import type { Tally } from './tally.js';

const CALLERS = 8;
const EXIT_WITHIN_MS = 15_000;

/** A gateway before its servers, all in processes of their own. */
export class Stage {
  readonly url: string;
  /** Stands in the arguments of every process that belongs to the soak. */
  readonly folder: string;
  readonly callers: SoakSetup['callers'];
  readonly #backend: ChildProcess;
  readonly #gateway: ChildProcess;
  readonly #tally: Tally;
  #isEnding = false;

  private constructor(
    setup: SoakSetup,
    url: string,
    children: { backend: ChildProcess; gateway: ChildProcess },
    tally: Tally,
  ) {
    this.url = url;
    this.folder = setup.folder;
    this.callers = setup.callers;
    this.#backend = children.backend;
    this.#gateway = children.gateway;
    this.#tally = tally;
    this.#gateway.once('exit', (code) => {
      if (!this.#isEnding) tally.fault(`the gateway ended by itself: code ${String(code)}`);
    });
  }

  /** Starts all of it. */
  static async open(tally: Tally): Promise<Stage> {
    const folder = await mkdtemp(join(tmpdir(), 'soak-'));
    const backend = fork(file('backend.mjs'), ['http', folder]);
    const { url: httpUrl } = (await next(backend)) as { url: string };
    const setup: SoakSetup = { servers: serversOf(httpUrl, folder), callers: callers(), folder };
    const gateway = fork(file('gateway-process.ts'), [JSON.stringify(setup)], {
      execArgv: ['--import', 'tsx', '--expose-gc'],
    });
    const { url } = (await next(gateway)) as { url: string };
    return new Stage(setup, url, { backend, gateway }, tally);
  }

  get isUp(): boolean {
    return this.#gateway.connected;
  }

  /** What is alive in the gateway's heap, in MiB. */
  async heapMib(): Promise<number> {
    this.#gateway.send('heap');
    const { heap } = (await next(this.#gateway)) as { heap: number };
    return heap / 2 ** 20;
  }

  /** Ends all of it; whatever is left is a fault. */
  async close(): Promise<void> {
    this.#isEnding = true;
    await this.#endGateway();
    const ended = once(this.#backend, 'exit');
    this.#backend.disconnect();
    await ended;
    const left = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
      .split('\n')
      .filter((line) => line.includes(this.folder));
    for (const line of left) this.#tally.fault(`a process is left: ${line.slice(0, 120)}`);
    await rm(this.folder, { recursive: true, force: true });
  }

  async #endGateway(): Promise<void> {
    const gateway = this.#gateway;
    const gone = gateway.exitCode === null ? once(gateway, 'exit') : [0];
    if (gateway.connected) gateway.send('stop');
    const late = pause(EXIT_WITHIN_MS, 'late', { ref: false });
    if ((await Promise.race([gone, late])) === 'late') {
      this.#tally.fault('the gateway does not end when all is closed');
      gateway.kill('SIGKILL');
    } else if (gateway.exitCode !== 0) {
      this.#tally.fault(`the gateway ended with code ${String(gateway.exitCode)}`);
    }
  }
}

function callers(): SoakSetup['callers'] {
  return Array.from({ length: CALLERS }, (_, n) => ({ id: `c${n}`, token: `token-of-caller-${n}-of-soak` }));
}

function serversOf(httpUrl: string, folder: string): SoakSetup['servers'] {
  const stdio = (kind: string): ServerConfig => ({
    command: process.execPath,
    args: [file('backend.mjs'), kind, folder],
  });
  return { older: stdio('older'), newer: stdio('newer'), http: { url: httpUrl } };
}

function file(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

async function next(child: ChildProcess): Promise<unknown> {
  return ((await once(child, 'message')) as unknown[])[0];
}
