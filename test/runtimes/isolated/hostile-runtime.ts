/** A runtime that has been broken into: its scripts are names of what an intruder would do in the child. */
import { writeSync } from 'node:fs';

import type { Json, Script, ScriptHost, ScriptRuntime } from '../../../core/index.js';
import { frameOf } from '../../../runtimes/isolated/wire/frame.js';

type Act = (script: Script, host: ScriptHost) => Json | Promise<Json>;

const kept: unknown[] = [];
/** The number of the last script in this process: the parent counts the same way. */
let id = 0;

function say(message: object | Buffer): void {
  writeSync(3, Buffer.isBuffer(message) ? message : frameOf(message));
}

const ACTS: Readonly<Record<string, Act>> = {
  value: ({ data }) => data['value'] ?? null,
  pid: () => process.pid,
  environment: () => Object.keys(process.env).filter((name) => !name.startsWith('TSX')),
  exit: () => process.exit(3),
  hang: () => {
    for (;;);
  },
  sleep: (_script, { signal }) =>
    new Promise((_resolve, reject) => {
      const timer = setTimeout(() => undefined, 2 ** 30);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason as Error);
      });
    }),
  deaf: async ({ catalog }, host) => {
    await host.callTool(catalog.bound[0]!, {});
    return new Promise(() => undefined);
  },
  heap: () => {
    for (;;) kept.push(new Array<number>(100_000).fill(Math.random()));
  },
  native: async () => {
    for (;;) {
      kept.push(Buffer.alloc(32 * 1024 * 1024, 1));
      await new Promise(setImmediate);
    }
  },
  call: async ({ catalog, data }, host) => {
    const reply = await host.callTool(catalog.bound[0]!, data);
    return 'json' in reply ? reply.json : reply.text;
  },
  callsAfterEnd: async ({ catalog }, host) => {
    await new Promise((resolve) => host.signal.addEventListener('abort', resolve));
    say({ type: 'call', id, call: 1, tool: catalog.bound[0]!.tool.name, args: {}, usage: {} });
    return null;
  },
  printsBeyond: () => {
    say({ type: 'print', id, lines: ['x'.repeat(200_000)] });
    return new Promise(() => undefined);
  },
  manyCalls: ({ catalog }) => {
    const tool = catalog.bound[0]!.tool.name;
    for (let call = 1; call <= 5; call += 1) say({ type: 'call', id, call, tool, args: {}, usage: {} });
    return new Promise((resolve) => setTimeout(() => resolve(null), 50));
  },
  lies: ({ data }) => {
    say({ id, ...(data['says'] as object) });
    return new Promise(() => undefined);
  },
  raw: ({ data }) => {
    say(Buffer.from(data['hex'] as string, 'hex'));
    return new Promise(() => undefined);
  },
  flood: () => {
    const frame = frameOf({ type: 'progress', id, done: 1 });
    const many = Buffer.concat(Array.from({ length: 500 }, () => frame));
    for (;;) trySay(many);
  },
};

/** The pipe may be full for a moment. */
function trySay(bytes: Buffer): void {
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(3, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
    }
  }
}

export function createHostileRuntime(): ScriptRuntime {
  return {
    name: 'hostile',
    reservedNames: new Set(),
    guide: 'A script is the name of an act.',
    signature: ({ scriptName }) => scriptName,
    run: async (script, host) => {
      id += 1;
      const value = await ACTS[script.source]!(script, host);
      return { ok: true, value, text: JSON.stringify(value) };
    },
  };
}
