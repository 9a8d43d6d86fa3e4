/** A program that computes without end in children, says which they are, and waits to be killed. */
import { createCodeMode } from '../../../adapters/library/index.js';
import { createIsolatedRuntime } from '../../../runtimes/isolated/index.js';
import { LANGUAGES } from './languages.js';

const ENDLESS = { steps: 1e12, wallTimeMs: 600_000, memoryBytes: 1e9 };

const started = Object.values(LANGUAGES).map(async ({ source, blocks }) => {
  const runtime = await createIsolatedRuntime({ ...source, processes: 1 });
  const codeMode = await createCodeMode({ runtime, limits: ENDLESS });
  const first = await codeMode.run({ script: 'return 1' });
  void codeMode.run({ script: blocks });
  return first.ok ? runtime.pids : [];
});

const idle = await createIsolatedRuntime(LANGUAGES.starlark.source);

process.stdout.write(`${JSON.stringify([...(await Promise.all(started)).flat(), ...idle.pids])}\n`);
