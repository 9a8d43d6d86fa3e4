/**
 * The hot paths, measured on this machine in one run: a new script from text to result, the overhead
 * of a tool call, fan-out. Trust the ratios; absolute times depend on the machine and its load.
 */
import { createRequire } from 'node:module';
import { join, dirname } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { createCodeMode, defineTool } from '../../adapters/library/index.js';
import type { Tool } from '../../adapters/library/index.js';
import { createMcpDispatcher } from '../../plugins/dispatchers/mcp/index.js';
import { median, perCall, timed } from './timing.js';

const LIMITS = { toolCalls: 1_000_000, steps: 1e9, memoryBytes: 2 ** 32 };

const noop = defineTool({
  name: 'noop',
  inputSchema: { type: 'object', properties: { n: { type: 'integer' } } },
  call: () => null,
});

await newScripts();
await inProcessCalls();
await bigCatalogue();
await stdioCalls();

/** A script never seen before: 20 lines, no tool calls. */
async function newScripts(): Promise<void> {
  const codeMode = await createCodeMode({});
  const times: number[] = [];
  for (let run = 0; run < 1200; run += 1) {
    const script = twentyLines(run);
    const [outcome, ms] = await timed(() => codeMode.run({ script }));
    if (!outcome.ok) throw new Error(outcome.error.message);
    times.push(ms);
  }
  await codeMode.close();
  console.log('a new 20-line script, text to result (median)');
  report('  the very first', `${times[0]!.toFixed(2)} ms`);
  report('  after 10 others', `${median(times.slice(10, 30)).toFixed(3)} ms`);
  report('  after 100 others', `${median(times.slice(100, 200)).toFixed(3)} ms`);
  report('  after 1,000 others', `${median(times.slice(1000)).toFixed(3)} ms`);
}

/** One call of a tool in the same process, over a loop without it. */
async function inProcessCalls(): Promise<void> {
  const codeMode = await createCodeMode({ tools: [noop], limits: LIMITS });
  const run =
    (script: string): (() => Promise<unknown>) =>
    () =>
      codeMode.run({ script });
  const calls = 5000;
  const loop = await perCall(run(`for n in range(${calls}):\n  n + 1\n`), calls);
  const called = await perCall(run(`for n in range(${calls}):\n  noop(n=n)\n`), calls);
  const fanned = await perCall(run(`parallel([lambda n=n: noop(n=n) for n in range(${calls})])`), calls);
  await codeMode.close();
  console.log('\na tool call in process');
  report('  one after another', `${((called - loop) * 1000).toFixed(1)} µs a call over the bare loop`);
  report('  in parallel()', `${((fanned - loop) * 1000).toFixed(1)} µs a branch and call`);
}

/** A script that calls three tools, among three and among a thousand of them: new compositions each time. */
async function bigCatalogue(): Promise<void> {
  const times = new Map<number, number[]>([
    [3, []],
    [1000, []],
  ]);
  for (let round = 0; round < 30; round += 1) {
    for (const [count, figures] of times) {
      const codeMode = await createCodeMode({ tools: manyTools(count) });
      const script = `return [tool_0(id=${round}), tool_1(id=1), tool_2(id=2)]`;
      figures.push((await timed(() => checked(codeMode.run({ script }))))[1]);
      await codeMode.close();
    }
  }
  const [few, many] = [...times.values()].map((figures) => median(figures)) as [number, number];
  console.log('\na script that calls three tools, each tool met for the first time (median)');
  report('  of 3 tools', `${few.toFixed(2)} ms`);
  report('  of 1,000 tools', `${many.toFixed(2)} ms, ${(many - few).toFixed(2)} ms added`);
}

function manyTools(count: number): Tool[] {
  return Array.from({ length: count }, (_, index) =>
    defineTool({
      name: `tool-${index}`,
      description: `Does the work of number ${index}.`,
      inputSchema: {
        type: 'object',
        properties: {
          id: { type: 'integer', minimum: 0 },
          tags: { type: 'array', items: { type: 'string' } },
        },
        required: ['id'],
      },
      call: ({ id }) => id ?? null,
    }),
  );
}

/** The same call through a stdio backend, beside a bare client calling the same kind of backend. */
async function stdioCalls(): Promise<void> {
  const server = everythingServer();
  const dispatcher = createMcpDispatcher({ servers: { everything: server } });
  const codeMode = await createCodeMode({ dispatcher, limits: LIMITS });
  const client = new Client({ name: 'bench', version: '1.0.0' });
  await client.connect(new StdioClientTransport({ ...server, stderr: 'ignore' }));
  await codeMode.listTools();

  const calls = 500;
  const script = `for n in range(${calls}):\n  echo(message="m")\n`;
  const wide = `parallel([lambda: echo(message="m") for n in range(${calls})])`;
  const scripted: number[] = [];
  const bare: number[] = [];
  const scriptedWide: number[] = [];
  const bareWide: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    scripted.push((await timed(() => checked(codeMode.run({ script }))))[1] / calls);
    bare.push((await timed(() => sequence(calls, () => echo(client))))[1] / calls);
    scriptedWide.push(
      (await timed(() => checked(codeMode.run({ script: wide, limits: { ...LIMITS, parallel: 32 } }))))[1] /
        calls,
    );
    bareWide.push((await timed(() => windowed(calls, 32, () => echo(client))))[1] / calls);
  }
  await client.close();
  await codeMode.close();
  console.log('\na tool call through a stdio backend (median of 5 interleaved rounds)');
  ratio('  one after another', median(scripted), median(bare));
  ratio('  32 at once', median(scriptedWide), median(bareWide));
}

async function checked(run: ReturnType<Awaited<ReturnType<typeof createCodeMode>>['run']>): Promise<void> {
  const outcome = await run;
  if (!outcome.ok) throw new Error(outcome.error.message);
}

async function echo(client: Client): Promise<void> {
  await client.callTool({ name: 'echo', arguments: { message: 'm' } });
}

async function sequence(count: number, act: () => Promise<void>): Promise<void> {
  for (let index = 0; index < count; index += 1) await act();
}

async function windowed(count: number, width: number, act: () => Promise<void>): Promise<void> {
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await act();
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
}

function everythingServer(): { command: string; args: string[] } {
  const manifest = createRequire(import.meta.url).resolve(
    '@modelcontextprotocol/server-everything/package.json',
  );
  return { command: process.execPath, args: [join(dirname(manifest), 'dist/index.js'), 'stdio'] };
}

function report(what: string, figure: string): void {
  console.log(`${what.padEnd(28)} ${figure}`);
}

function ratio(what: string, scripted: number, bare: number): void {
  const figures = `${scripted.toFixed(3)} ms from a script, ${bare.toFixed(3)} ms from a bare client`;
  report(what, `${figures}, ratio ${(scripted / bare).toFixed(2)}`);
}

/** A script that no run before has seen: names and numbers differ each time. */
function twentyLines(seed: number): string {
  return `
orders_${seed} = [
    {"id": n, "customer": "c%d" % (n % 5), "total": n * ${seed + 3} % 97, "paid": n % 3 != 0}
    for n in range(20)
]

def unpaid(order):
    return not order["paid"]

by_customer = {}
for order in orders_${seed}:
    if unpaid(order):
        entry = by_customer.setdefault(order["customer"], {"count": 0, "total": 0})
        entry["count"] += 1
        entry["total"] += order["total"]

ranked = sorted(by_customer.items(), key=lambda item: -item[1]["total"])
lines = []
for name, entry in ranked:
    lines.append(f"{name}: {entry['count']} orders, {entry['total']} due")
return {"seed": ${seed}, "lines": lines}
`;
}
