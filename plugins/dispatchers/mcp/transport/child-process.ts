/**
 * A child process and everything that it starts, ended for certain.
 *
 * The child leads a process group of its own, so that a wrapper (`npx`, a shell) does not leave its
 * server behind. What still lives when this process exits is killed then.
 */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { getDefaultEnvironment } from '@modelcontextprotocol/client/stdio';

import type { StdioServerConfig } from './server-config.js';

const GROUPS = process.platform !== 'win32';
const GRACE_MS = 1_000;

const alive = new Set<ChildProcessWithoutNullStreams>();

function killWhatLives(): void {
  for (const child of alive) signalGroup(child, 'SIGKILL');
}

/** Starts a server; resolves once it runs, rejects when it cannot be started. */
export function startChild(config: StdioServerConfig): Promise<ChildProcessWithoutNullStreams> {
  const child = spawn(config.command, [...(config.args ?? [])], {
    env: { ...getDefaultEnvironment(), ...config.env },
    ...(config.cwd !== undefined && { cwd: config.cwd }),
    stdio: 'pipe',
    detached: GROUPS,
    windowsHide: true,
  });
  if (alive.size === 0) process.once('exit', killWhatLives);
  alive.add(child);
  child.once('close', () => forget(child));
  return new Promise((resolve, reject) => {
    child.once('spawn', () => resolve(child));
    child.once('error', (error) => {
      forget(child);
      reject(error);
    });
  });
}

/** Ends a child: closes its input, then asks, then kills; its whole group has been killed when this resolves. */
export async function endChild(child: ChildProcessWithoutNullStreams): Promise<void> {
  const exited = exitOf(child);
  child.stdin.end();
  await within(GRACE_MS, exited);
  if (!hasExited(child)) {
    signalGroup(child, 'SIGTERM');
    await within(GRACE_MS, exited);
  }
  signalGroup(child, 'SIGKILL');
  await exited;
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
  forget(child);
}

/** Resolves when a child has exited; after so many milliseconds also when it has not. */
export function exitWithin(delayMs: number, child: ChildProcessWithoutNullStreams): Promise<void> {
  return within(delayMs, exitOf(child));
}

function exitOf(child: ChildProcessWithoutNullStreams): Promise<void> {
  if (hasExited(child)) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

function hasExited(child: ChildProcessWithoutNullStreams): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

function forget(child: ChildProcessWithoutNullStreams): void {
  if (alive.delete(child) && alive.size === 0) process.off('exit', killWhatLives);
}

/** The group outlives its leader for as long as one member lives; when none does, there is nothing to signal. */
function signalGroup(child: ChildProcessWithoutNullStreams, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (GROUPS) process.kill(-child.pid, signal);
    else child.kill(signal);
  } catch {
    // Nobody is left in the group.
  }
}

function within(delayMs: number, event: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    void event.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
