/**
 * The engine's side of the comparison: a process that reads tasks, one JSON object a line, and answers
 * each with one line. It measures the built engine, whose URL is its argument.
 */
import { createInterface } from 'node:readline';
import type * as Engine from '../../../runtimes/starlark/index.js';
import { timingOf } from './measured.js';
import type { Measured, Task } from './measured.js';

const engine = (await import(process.argv[2]!)) as typeof Engine;

/** Every limit counts; none is met. */
const LIMITS = { steps: 1e12, memoryBytes: 2 ** 40, wallTimeMs: 3_600_000 };

const predeclared = new Map<string, Engine.Value>([
  ['host', new engine.Builtin('host', (_thread, [value]) => value ?? null, true)],
  ['sum_of', new engine.Builtin('sum_of', sumOf, true)],
]);

for await (const line of createInterface(process.stdin)) {
  const task = JSON.parse(line) as Task;
  process.stdout.write(`${JSON.stringify(await measure(task))}\n`);
}

/** Takes its arguments by name, as tools do. */
function sumOf(_thread: Engine.Thread, args: readonly Engine.Value[], names: readonly string[]): number {
  let sum = 0;
  for (let i = 0; i < args.length; i++) {
    const value = args[i];
    const name = names[i - args.length + names.length];
    if ((name === 'x' || name === 'y') && typeof value === 'number') sum += value;
  }
  return sum;
}

async function measure({ source, repeat }: Task): Promise<Measured> {
  const text = `${source}\nreturn result\n`;
  const times: number[] = [];
  let value: unknown;
  const begun = performance.now();
  const prepared = engine.prepare(text, { predeclared });
  const parse = performance.now() - begun;
  const cpu = process.cpuUsage();
  for (let i = 0; i < repeat; i++) {
    const start = performance.now();
    const result = await engine.execute(prepared, { limits: LIMITS }).result;
    times.push(performance.now() - start);
    if (!result.ok) throw new Error(result.error.message);
    ({ value } = result);
  }
  const used = process.cpuUsage(cpu);
  return { parse: timingOf([parse]), run: timingOf(times), cpu: 1000 * (used.user + used.system), value };
}
