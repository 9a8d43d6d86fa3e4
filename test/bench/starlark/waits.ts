/** What it costs to wait for a tool that has its answer at once. */
import type * as Engine from '../../../runtimes/starlark/index.js';
import { median } from '../timing.js';
import { row } from './table.js';

const LIMITS = { steps: 1e12, memoryBytes: 2 ** 40, wallTimeMs: 3_600_000 };
const ROUNDS = 25;

/** Prints microseconds: of a call that waits over one that does not, and of a branch. */
export async function waits(door: string): Promise<void> {
  const engine = (await import(door)) as typeof Engine;
  const answered = Promise.resolve<Engine.Value>(1);
  const host = new Map<string, Engine.Value>([
    ['tool', new engine.Builtin('tool', (thread) => thread.wait(answered), true)],
    ['now', new engine.Builtin('now', () => 1, true)],
  ]);
  const timed = async (source: string): Promise<number> => {
    const start = performance.now();
    const result = await engine.runStarlark(source, { limits: LIMITS, predeclared: host });
    if (!result.ok) throw new Error(result.error.message);
    return (performance.now() - start) * 1000;
  };
  console.log('waiting for a tool that has its answer, in µs over a call that does not wait\n');
  console.log(row('', ['least', 'median']));
  for (const [name, calls, sourceOf] of SHAPES) {
    const times: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      times.push((await timed(sourceOf('tool'))) / calls);
      bare.push((await timed(sourceOf('now'))) / calls);
    }
    console.log(row(name, [Math.min(...times) - Math.min(...bare), median(times) - median(bare)]));
  }
  const branches = 5000;
  const fan = `parallel([lambda: [tool(1), tool(2)] for i in range(${branches})])`;
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) times.push((await timed(fan)) / branches);
  console.log(row('branch with two calls', [Math.min(...times), median(times)]));
  console.log();
}

const SHAPES: readonly (readonly [name: string, calls: number, sourceOf: (callee: string) => string])[] = [
  ['at top level', 10_000, (callee) => `for i in range(10000):\n  ${callee}()\n`],
  ['in a function', 10_000, (callee) => `def run():\n  for i in range(10000):\n    ${callee}()\nrun()\n`],
  [
    'through ten frames',
    2000,
    (callee) => `${chain(callee, 10)}\ndef run():\n  for i in range(2000):\n    f10()\nrun()\n`,
  ],
];

/** Functions that call each other, so many deep. */
function chain(callee: string, depth: number): string {
  const names = Array.from({ length: depth }, (_, i) => `f${i + 1}`);
  return names.map((name, i) => `def ${name}():\n  return ${i === 0 ? callee : names[i - 1]!}()\n`).join('');
}
