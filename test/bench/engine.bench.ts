/**
 * The engine alone: warm programs, new scripts, suspension. Run it with `tsx test/bench/engine.bench.ts`;
 * an argument names the programs to run.
 */
import { Builtin, execute, prepare, runStarlark } from '../../runtimes/starlark/index.js';
import type { Predeclared, Value } from '../../runtimes/starlark/index.js';
import { median } from './timing.js';

const LIMITS = { steps: 1e12, memoryBytes: 2 ** 40, wallTimeMs: 600_000 };

/** Programs of some ten milliseconds each. */
const PROGRAMS: Readonly<Record<string, string>> = {
  fib: `
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
return fib(22)
`,
  loops: `
def run():
    total = 0
    for i in range(300):
        for j in range(500):
            if (i + j) % 3 == 0:
                total += i * j
            elif j > i:
                total -= 1
    return total
return run()
`,
  comprehension: `
def run():
    xs = [i * i % 97 for i in range(100000)]
    ys = [x + 1 for x in xs if x % 2 == 0]
    return len([(x, y) for x in ys[:200] for y in xs[:200] if x == y])
return run()
`,
  dict: `
def run():
    d = {}
    for i in range(50000):
        k = "k" + str(i % 1000)
        d[k] = d.get(k, 0) + i
    n = 0
    for k, v in d.items():
        n += v % 7
    return n
return run()
`,
  strings: `
def run():
    out = []
    for i in range(20000):
        out.append("item %d: %s" % (i, "x" * (i % 10)))
    text = "\\n".join(out)
    n = 0
    for line in text.split("\\n"):
        if line.endswith("xxx") and line.startswith("item 1"):
            n += len(line.strip())
    return n
return run()
`,
  calls: `
def add(a, b, c = 1):
    return a + b + c
def apply(f, x):
    return f(x)
def run():
    total = 0
    for i in range(50000):
        total = add(total, i)
        total = add(a = total, b = 1)
        total = apply(lambda x: x + 1, total)
    return total
return run()
`,
  sieve: `
def run(n):
    marks = [True] * (n + 1)
    for i in range(2, n + 1):
        if marks[i]:
            j = i * i
            while j <= n:
                marks[j] = False
                j += i
    return len([i for i in range(2, n + 1) if marks[i]])
return run(100000)
`,
  records: `
def run():
    rows = [{"id": i, "name": "n%d" % i, "score": i * 7 % 100} for i in range(20000)]
    best = {}
    for row in rows:
        key = row["score"] // 10
        if key not in best or best[key]["score"] < row["score"]:
            best[key] = row
    return sorted([r["name"] for r in best.values()], key = lambda name: name[1:])
return run()
`,
};

const only = process.argv.slice(2);

if (only.length === 0 || only.includes('new')) await newScripts();
for (const [name, source] of Object.entries(PROGRAMS)) {
  if (only.length === 0 || only.includes(name)) await warm(name, source);
}
if (only.length === 0 || only.includes('waits')) await waits();

/** The best of the runs within half a second. */
async function warm(name: string, source: string): Promise<void> {
  const times: number[] = [];
  const end = performance.now() + 600;
  let steps = 0;
  while (performance.now() < end) {
    const start = performance.now();
    const result = await runStarlark(source, { limits: LIMITS });
    times.push(performance.now() - start);
    if (!result.ok) throw new Error(result.error.message);
    ({ steps } = result.usage);
  }
  times.sort((a, b) => a - b);
  const best = times[0]!;
  report(
    name,
    `${best.toFixed(2)} ms`,
    `median ${median(times).toFixed(2)}, ${((best * 1e6) / steps).toFixed(1)} ns a step`,
  );
}

async function newScripts(): Promise<void> {
  const parts: number[][] = [[], [], []];
  for (let run = 0; run < 2200; run++) {
    const source = twentyLines(run);
    const start = performance.now();
    const prepared = prepare(source);
    const read = performance.now();
    const execution = execute(prepared);
    const done = performance.now();
    const result = await execution.result;
    if (!result.ok) throw new Error(result.error.message);
    parts[0]!.push(read - start);
    parts[1]!.push(done - read);
    parts[2]!.push(done - start);
  }
  for (const [from, to] of [
    [0, 1],
    [1, 10],
    [10, 30],
    [100, 200],
    [1000, 1200],
    [2000, 2200],
  ] as const) {
    const [read, run, all] = parts.map((times) => median(times.slice(from, to)).toFixed(3));
    report(
      `new script ${String(from)}-${String(to)}`,
      `${all!} ms`,
      `read ${read!}, compile and run ${run!}`,
    );
  }
}

function twentyLines(run: number): string {
  return `
# report ${String(run)}
def score(row, weight = ${String(run % 7)}):
    total = row["a"] * weight + row["b"]
    if total > 100:
        return total - ${String(run)}
    return total

rows = [{"name": "r%d" % i, "a": i, "b": i * ${String(run % 13)}} for i in range(10)]
by_name = {}
for row in rows:
    by_name[row["name"]] = score(row)
best = sorted(by_name.items(), key = lambda kv: (-kv[1], kv[0]))[:3]
lines = []
for name, value in best:
    if value % 2 == 0 and name != "r1":
        lines.append("%s: %d" % (name, value))
    else:
        lines.append(f"{name} is {value}")
summary = {"run": ${String(run)}, "lines": lines, "total": len(rows)}
return summary
`;
}

/** What it costs to wait. */
async function waits(): Promise<void> {
  const host = new Map<string, Value>([
    ['tool', new Builtin('tool', (thread, args) => thread.wait(Promise.resolve(args[0] ?? null)), true)],
    ['now', new Builtin('now', (_thread, args) => args[0] ?? null, true)],
  ]);
  const loop = (call: string): string => `
def down(n, f):
    if n == 0:
        return ${call}
    return down(n - 1, f)
def run(times, depth):
    for i in range(times):
        down(depth, None)
run(TIMES, DEPTH)
`;
  for (const depth of [0, 10, 100]) {
    const times = 20_000 / (depth + 1);
    const source = (call: string): string =>
      loop(call)
        .replace('TIMES', String(Math.round(times)))
        .replace('DEPTH', String(depth));
    const [waiting, plain] = [await best(source('tool(n)'), host), await best(source('now(n)'), host)];
    report(`wait at depth ${String(depth)}`, `${(((waiting - plain) * 1000) / times).toFixed(2)} us`);
  }
  const fan = `
parallel([lambda: [tool(1), tool(2)] for i in range(5000)])
`;
  report('branch with two waits, of 5000', `${((await best(fan, host)) / 5).toFixed(2)} us`);
}

async function best(source: string, predeclared: Predeclared): Promise<number> {
  let least = Infinity;
  for (let i = 0; i < 7; i++) {
    const start = performance.now();
    const result = await runStarlark(source, { limits: LIMITS, predeclared });
    least = Math.min(least, performance.now() - start);
    if (!result.ok) throw new Error(result.error.message);
  }
  return least;
}

function report(name: string, ...figures: readonly string[]): void {
  console.log(`${name.padEnd(32)}${figures.join('   ')}`);
}
