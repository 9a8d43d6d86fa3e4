/** Runs scripts of all endings, a thousand after some that warm up, and prints by how many bytes the process grew. */
import { createCodeMode, defineTool } from '../../../adapters/library/index.js';
import { createMontyRuntime } from '../../../runtimes/monty/index.js';

const echo = defineTool({
  name: 'echo',
  inputSchema: { type: 'object', properties: { value: {} } },
  call: ({ value }) => ({ content: [{ type: 'text', text: JSON.stringify(value ?? null) }] }),
});

const HOLDS = 'x = ["a" * 1000 + str(i) for i in range(300)]\n';
const SCRIPTS = [
  `${HOLDS}return len(x)`,
  `${HOLDS}return len(echo(value=x))`,
  `${HOLDS}return parallel([lambda i=i: echo(value=i) for i in range(6)])`,
  `${HOLDS}parallel([lambda: 1 / 0, lambda: echo(value=1)])`,
  `${HOLDS}raise ValueError("x")`,
  'x = []\nwhile True:\n  x.append("a" * 1000)',
  'def f(n):\n  return f(n + 1)\nf(0)',
  'x = (',
];
const LIMITS = { steps: 200_000, memoryBytes: 2 * 1024 * 1024 };
const WARM = 300;
const RUNS = 1_000;

const codeMode = await createCodeMode({ runtime: await createMontyRuntime(), tools: [echo] });

async function runs(count: number): Promise<NodeJS.MemoryUsage> {
  for (let index = 0; index < count; index += 1)
    await codeMode.run({ script: SCRIPTS[index % SCRIPTS.length]!, limits: LIMITS });
  globalThis.gc!();
  await new Promise((resolve) => setImmediate(resolve));
  return process.memoryUsage();
}

const before = await runs(WARM);
const after = await runs(RUNS);

/** Each branch is a copy of three megabytes. */
const WIDE = 'x = ["a" * 1000 + str(i) for i in range(3000)]\nparallel([lambda: echo()] * 10)';
for (let index = 0; index < 10; index += 1)
  await codeMode.run({ script: WIDE, limits: { steps: 1_000_000_000 } });
await codeMode.close();

const [heap, all] = [after.heapUsed - before.heapUsed, after.rss - before.rss];
const branches = process.resourceUsage().maxRSS * 1024 - after.rss;
process.stdout.write(JSON.stringify({ heap, all, branches }));
