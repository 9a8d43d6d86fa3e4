/** A script never seen before, from text to result, in processes that ran others before. */
import { median } from '../timing.js';
import type { EngineUnderTest } from './engine-under-test.js';
import type { Engines } from './engines.js';
import { row } from './table.js';

const ROUNDS = 5;
/** How many ran before, and how many are measured. */
const WINDOWS = [
  [0, 1],
  [10, 10],
  [100, 50],
  [1000, 100],
] as const;

/** Prints medians in milliseconds. */
export async function newScripts(engines: Engines): Promise<void> {
  console.log('a new script of 20 lines from text to result, in ms: median after so many others\n');
  console.log(row('', ['ours', 'native', 'ratio']));
  const ours: number[][] = [];
  const native: number[][] = [];
  for (let round = 0; round < ROUNDS; round++) {
    ours.push(await timesOf(engines.ours()));
    if (engines.native !== undefined) native.push(await timesOf(engines.native()));
  }
  for (const [before, count] of WINDOWS) {
    const middle = (rounds: readonly number[][]) =>
      median(rounds.map((times) => median(times.slice(before, before + count))));
    const [mine, theirs] = [middle(ours), native.length === 0 ? undefined : middle(native)];
    console.log(row(`after ${before}`, [mine, theirs, theirs && mine / theirs]));
  }
  console.log();
}

async function timesOf(engine: EngineUnderTest): Promise<number[]> {
  const measured = await Promise.all(
    Array.from({ length: 1100 }, (_, seed) => engine.measure({ source: twentyLines(seed), repeat: 1 })),
  );
  engine.close();
  measured.forEach(({ value }, seed) => {
    if (typeof value !== 'string' || !value.includes(`report ${seed}`)) throw new Error('a wrong result');
  });
  return measured.map(({ parse, run }) => (parse.first + run.first) / 1e6);
}

/** Names, numbers and texts differ each time. */
function twentyLines(seed: number): string {
  return `
orders_${seed} = [
    {"id": n, "customer": "c%d" % (n % 5), "total": n * ${seed + 3} % 97, "paid": n % 3 != 0}
    for n in range(10)
]

def unpaid_${seed}(order, least = ${seed % 7}):
    return not order["paid"] and order["total"] >= least

by_customer = {}
for order in orders_${seed}:
    if unpaid_${seed}(order):
        entry = by_customer.setdefault(order["customer"], {"count": 0, "total": 0})
        entry["count"] += 1
        entry["total"] += order["total"]

ranked = sorted(by_customer.items(), key = lambda item: (-item[1]["total"], item[0]))
lines = ["report ${seed}"]
for name, entry in ranked[:3]:
    lines.append("%s: %d orders, %d due" % (name, entry["count"], entry["total"]))
result = json.encode({"seed": ${seed}, "lines": lines})
`;
}
