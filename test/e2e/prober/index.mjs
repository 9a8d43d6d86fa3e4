/** A runtime that tries what a process of its own is to keep from it: its scripts are the names of what it tries. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';

const TRIES = {
  environment: () => Object.keys(process.env),
  folder: () => process.cwd(),
  'read a file': ({ place }) => readFileSync(place, 'utf8'),
  'write a file': ({ place }) => writeFileSync(place, ''),
  'make a folder': ({ place }) => mkdirSync(`${place}-folder`),
  'start a process': () => String(spawnSync(process.execPath, ['--version']).stdout),
  'start a thread': () => String(new Worker('', { eval: true }).threadId),
  'load native code': ({ addon }) => process.dlopen({ exports: {} }, addon),
  'list a folder': ({ place }) => readdirSync(dirname(place)),
  'list the root': () => readdirSync('/'),
};

export function createRuntime() {
  return {
    name: 'prober',
    reservedNames: new Set(),
    guide: 'the name of a try',
    signature: ({ scriptName }) => scriptName,
    run({ source, data }) {
      const value = attempt(() => TRIES[source](data) ?? null);
      return Promise.resolve({ ok: true, value, text: JSON.stringify(value) });
    },
  };
}

function attempt(act) {
  try {
    return act();
  } catch (error) {
    return { refused: error.code ?? error.name };
  }
}
