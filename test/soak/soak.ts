/**
 * Clients of both eras that come and go, scripts and calls, servers that crash and requests that are
 * cancelled, all by chance from a seed, before one gateway. `npm run soak -- --minutes=10 --seed=1`.
 * Exit code 0: every answer reached its asker, none was lost, the heap stayed flat, no process was left.
 */
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { anAct, chanceOf, oneOf, type Act, type Chance } from './act.js';
import type { SoakSetup } from './gateway-process.js';
import { VISITORS, type Answer, type Place, type Visitor } from './visitor.js';

const SLOTS = 10;
const CANCELLED = 0.05;
const WARM_UP = 0.3;
const MAX_GROWTH = 0.1;
const LOST_AFTER_MS = 50_000;
const EXIT_WITHIN_MS = 15_000;
/** What the soak asks to hear again: it says who asked. */
const WORD = /nonce-[\w-]+|caller-is-\w+/g;

const option = (name: string, usual: number): number =>
  Number(process.argv.find((word) => word.startsWith(`--${name}=`))?.split('=')[1] ?? usual);
const [minutes, seed] = [option('minutes', 10), option('seed', 1)];
const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const counts = new Map<string, number>();
const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);
const faults: string[] = [];
const fault = (what: string): void => void faults.push(what);

const folder = await mkdtemp(join(tmpdir(), 'soak-'));
const callers = Array.from({ length: 8 }, (_, n) => ({ id: `c${n}`, token: `token-of-caller-${n}-of-soak` }));
const backend = fork(file('backend.mjs'), ['http', folder]);
const { url: backendUrl } = (await next(backend)) as { url: string };
const gateway = startGateway(backendUrl);
const { url } = (await next(gateway)) as { url: string };
gateway.once('exit', (code) => {
  if (!stopping) fault(`the gateway ended by itself: code ${String(code)}`);
});
let stopping = false;

const started = Date.now();
const until = started + minutes * 60_000;
const heaps: { at: number; mib: number }[] = [];
await Promise.all([...Array.from({ length: SLOTS }, (_, slot) => keepComing(slot)), watchHeap()]);
stopping = true;
await endAll();
process.stdout.write(`${table()}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

function startGateway(httpUrl: string): ChildProcess {
  const stdio = (kind: string): object => ({
    command: process.execPath,
    args: [file('backend.mjs'), kind, folder],
  });
  const servers = {
    older: stdio('older'),
    newer: stdio('newer'),
    http: { url: httpUrl },
  } as SoakSetup['servers'];
  const setup: SoakSetup = { servers, callers, folder };
  return fork(file('gateway-process.ts'), [JSON.stringify(setup)], {
    execArgv: ['--import', 'tsx', '--expose-gc'],
  });
}

async function next(child: ChildProcess): Promise<unknown> {
  return ((await once(child, 'message')) as unknown[])[0];
}

/** One client after another. */
async function keepComing(slot: number): Promise<void> {
  const chance = chanceOf(seed * 1_000 + slot);
  for (let visit = 0; Date.now() < until && gateway.exitCode === null; visit += 1) {
    const kind = oneOf(Object.keys(VISITORS), chance);
    const caller = oneOf(callers, chance);
    try {
      await stay(await VISITORS[kind]!({ url, folder, ...caller }), caller.id, `${slot}-${visit}`, chance);
      count(`clients: ${kind}`);
    } catch (error) {
      fault(`${kind} cannot come or go: ${String(error)}`);
      await pause(100);
    }
  }
}

async function stay(visitor: Visitor, caller: Place['id'], name: string, chance: Chance): Promise<void> {
  let words = 0;
  const nonce = (): string => `nonce-${caller}-${name}-${(words += 1)}`;
  const rounds = 1 + Math.floor(chance() * 20);
  for (let round = 0; round < rounds && Date.now() < until; round += 1) {
    if (chance() < 0.1) await visitor.list();
    const acts = Array.from({ length: 1 + Math.floor(chance() * 3) }, () => anAct(chance, caller, nonce));
    await Promise.all(acts.map((act) => perform(visitor, act, chance)));
    await pause(chance() * 30);
  }
  const waits = chance() < 0.5;
  const last = perform(visitor, anAct(chance, caller, nonce), chance, waits);
  if (waits) await last;
  await visitor.leave(chance() < 0.5);
  await last;
}

/** A call, and whether its answer is the one that belongs to it. */
async function perform(visitor: Visitor, act: Act, chance: Chance, waits = true): Promise<void> {
  const leaving = new AbortController();
  const isCancelled = chance() < CANCELLED;
  if (isCancelled) setTimeout(() => leaving.abort(), chance() * 20);
  const asked = Date.now();
  try {
    look(act, await visitor.call(act.name, act.args, leaving.signal));
  } catch (error) {
    if (leaving.signal.aborted) count('calls: cancelled');
    else if (Date.now() - asked >= LOST_AFTER_MS) fault(`${act.name} was never answered: ${String(error)}`);
    else if (waits) refused(act, error);
    else count('calls: the client left meanwhile');
  }
}

/** An error of the protocol is an answer when the gateway gave it: a connection that was lost is none. */
function refused({ name }: Act, error: unknown): void {
  const { code, message } = error as { code?: unknown; message?: string };
  if (typeof code === 'number' && code !== -32_000) count(`calls: error ${code}, ${message?.slice(0, 50)}`);
  else fault(`${name} was not answered: ${String(error)}`);
}

function look({ name, wanted }: Act, { isError, content, structuredContent }: Answer): void {
  const text = content.map((block) => block.text ?? '').join(' ');
  const words = text.match(WORD) ?? [];
  const { error } = (structuredContent ?? {}) as { error?: { code?: string } };
  const foreign = words.find((word) => !wanted.includes(word));
  if (foreign !== undefined) fault(`${name} was answered with another's ${foreign}, wanted ${wanted.join()}`);
  else if (isError === true && typeof error?.code === 'string') count(`calls: ${error.code}`);
  else if (isError === true) fault(`${name} failed without a reason: ${text.slice(0, 200)}`);
  else if (words.join() !== wanted.join())
    fault(`${name} answered ${text.slice(0, 200)}, wanted ${wanted.join()}`);
  else count('calls: answered');
}

async function watchHeap(): Promise<void> {
  while (Date.now() < until && gateway.connected) {
    await pause(Math.min(5_000, minutes * 1_000));
    gateway.send('heap');
    const { heap } = (await next(gateway)) as { heap: number };
    heaps.push({ at: (Date.now() - started) / (until - started), mib: heap / 2 ** 20 });
  }
}

async function endAll(): Promise<void> {
  const gone = gateway.exitCode === null ? once(gateway, 'exit') : [0];
  if (gateway.connected) gateway.send('stop');
  const late = pause(EXIT_WITHIN_MS, 'late', { ref: false });
  if ((await Promise.race([gone, late])) === 'late') {
    fault('the gateway does not end when all is closed');
    gateway.kill('SIGKILL');
  } else if (gateway.exitCode !== 0) fault(`the gateway ended with code ${String(gateway.exitCode)}`);
  const ended = once(backend, 'exit');
  backend.disconnect();
  await ended;
  const left = execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder));
  for (const line of left) fault(`a process is left: ${line.slice(0, 120)}`);
  await rm(folder, { recursive: true, force: true });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** Of all samples after the warm-up, the last third beside the first third. */
function heapLine(): string {
  const warm = heaps.filter(({ at }) => at >= WARM_UP).map(({ mib }) => mib);
  const third = Math.max(1, Math.floor(warm.length / 3));
  const [before, after] = [median(warm.slice(0, third)), median(warm.slice(-third))];
  const growth = after / before - 1;
  if (!(growth <= MAX_GROWTH)) fault(`the heap grew by ${(growth * 100).toFixed(1)} %`);
  return `${before.toFixed(1)} MiB, then ${after.toFixed(1)} MiB (${(growth * 100).toFixed(1)} %)`;
}

function table(): string {
  const heap = heapLine();
  const rows = [...counts].sort().map(([what, number]) => `  ${what.padEnd(70)} ${number}`);
  const course = heaps
    .filter((_, n) => n % Math.ceil(heaps.length / 12) === 0)
    .map(({ mib }) => mib.toFixed(1));
  return [
    `soak of ${minutes} min, seed ${seed}`,
    ...rows,
    `  heap after the warm-up: ${heap}`,
    `  heap all along (MiB): ${course.join(' ')}`,
    ...faults.slice(0, 20).map((each) => `  FAULT ${each}`),
    faults.length === 0 ? 'no fault' : `${faults.length} faults`,
  ].join('\n');
}
