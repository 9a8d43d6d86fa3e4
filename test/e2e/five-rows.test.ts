/** What no shipped code mode passed together when they were measured side by side. */
import { expect } from 'chai';
import { createCodeMode, defineTool } from '../../adapters/library/index.js';
import type { CodeMode } from '../../core/index.js';

const anything = { type: 'object' } as const;

describe('the five rows', () => {
  let codeMode: CodeMode;
  let inFlight = 0;
  let peak = 0;

  before(async () => {
    codeMode = await createCodeMode({
      tools: [
        defineTool({
          name: 'wait50',
          inputSchema: anything,
          call: async () => {
            inFlight += 1;
            peak = Math.max(peak, inFlight);
            await new Promise((resolve) => setTimeout(resolve, 50));
            inFlight -= 1;
            return 'done';
          },
        }),
        defineTool({
          name: 'never',
          inputSchema: anything,
          call: () => new Promise<string>(() => undefined),
        }),
        defineTool({
          name: 'broken',
          inputSchema: anything,
          call: () => {
            throw new TypeError('the index is being rebuilt');
          },
        }),
      ],
    });
  });
  after(() => codeMode.close());

  it('ten calls of 50 ms run at once', async () => {
    const outcome = await codeMode.run({ script: 'return parallel([wait50] * 10)' });
    expect(outcome.ok && outcome.value).to.deep.equal(Array.from({ length: 10 }, () => 'done'));
    expect(peak).to.equal(10);
    const started = outcome.calls.map((call) => call.startedMs + call.queuedMs);
    const ended = outcome.calls.map((call) => call.startedMs + call.queuedMs + call.ranMs);
    expect(Math.max(...started)).to.be.lessThan(Math.min(...ended));
  });

  it('a call that never answers ends at the wall time', async () => {
    const outcome = await codeMode.run({
      script: 'print("asking")\nreturn never()',
      limits: { wallTimeMs: 500 },
    });
    expect(!outcome.ok && outcome.error.code).to.equal('limit/wall-time');
    expect(outcome.logs).to.deep.equal(['asking']);
    expect(outcome.calls.map(({ tool, status }) => ({ tool, status }))).to.deep.equal([
      { tool: 'never', status: 'unknown' },
    ]);
    expect(outcome.usage.wallTimeMs).to.be.greaterThan(490);
  });

  it('so does an endless loop, and the event loop breathes meanwhile', async () => {
    let turns = 0;
    const ticking = setInterval(() => {
      turns += 1;
    }, 5);
    const outcome = await codeMode.run({
      script: 'while True:\n    pass',
      limits: { wallTimeMs: 500, steps: 1e15 },
    });
    clearInterval(ticking);
    expect(!outcome.ok && outcome.error.code).to.equal('limit/wall-time');
    expect(turns).to.be.greaterThan(3);
  });

  it('a memory bomb under 32 MiB ends with the process small, and the next script is fine', async () => {
    const bombs = [
      's = "x"\nwhile True:\n    s += s',
      'kept = []\nwhile True:\n    kept.append("x" * 1000000)',
      'kept = []\nwhile True:\n    kept.append([0] * 1000)',
      'd = {}\nn = 0\nwhile True:\n    d[n] = str(n)\n    n += 1',
      'x = 3\nwhile True:\n    x = x * x',
      'def f(k):\n    return lambda: f([k, k])\ng = f(0)\nwhile True:\n    g = g()',
    ];
    const before = process.memoryUsage().rss;
    for (const script of bombs) {
      const outcome = await codeMode.run({ script, limits: { memoryBytes: 32 * 2 ** 20, steps: 1e9 } });
      expect(!outcome.ok && outcome.error.code, script).to.equal('limit/memory');
    }
    expect(process.memoryUsage().rss - before).to.be.lessThan(300 * 2 ** 20);
    const next = await codeMode.run({ script: 'return sum([n for n in range(10)])' });
    expect(next.ok && next.value).to.equal(45);
  });

  it("a tool's error arrives with its message and nothing of ours", async () => {
    const outcome = await codeMode.run({ script: 'return broken()' });
    expect(outcome.ok).to.equal(false);
    if (outcome.ok) return;
    expect(outcome.error).to.deep.include({ code: 'tool/failed', tool: 'broken' });
    expect(outcome.error.message).to.include('the index is being rebuilt');
    expect(outcome.error.position).to.deep.equal({ line: 1, column: 14 });
    expect(JSON.stringify(outcome)).not.to.match(/five-rows|node_modules|\.ts\b|\.js\b/);
  });
});
