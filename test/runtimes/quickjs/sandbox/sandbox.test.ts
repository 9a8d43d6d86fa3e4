import { expect } from 'chai';
import { ToolscriptError } from '../../../../core/index.js';
import { loadQuickjs } from '../../../../runtimes/quickjs/packages.js';
import { SandboxPool } from '../../../../runtimes/quickjs/sandbox/sandbox-pool.js';
import type { Sandbox, Supervisor } from '../../../../runtimes/quickjs/sandbox/sandbox.js';

const MIB = 2 ** 20;

/** Lets a script compute so many steps. */
class Watch implements Supervisor {
  readonly asked: unknown[] = [];

  constructor(private readonly steps = 1_000_000) {}

  check(steps: number): void {
    if (steps > this.steps) throw ended('limit/steps');
  }

  memoryMet(): Error {
    return ended('limit/memory');
  }

  depthMet(): Error {
    return ended('limit/depth');
  }

  broken(cause: unknown): Error {
    return new ToolscriptError({ code: 'internal', message: String(cause) });
  }

  ask(request: string): undefined {
    this.asked.push(JSON.parse(request));
  }
}

function ended(code: 'limit/steps' | 'limit/memory' | 'limit/depth'): ToolscriptError {
  return new ToolscriptError({ code, message: 'the end' });
}

/** What the script answers, as JSON text. */
function answer(sandbox: Sandbox, script: string, watch = new Watch(), memoryBytes = 64 * MIB): unknown {
  sandbox.begin(watch, { memoryBytes, callDepth: 200 });
  sandbox.open('[]', 'json', '{}');
  const evaluation = sandbox.evaluate(script, 'script', { linesBefore: 0, mode: 'run' });
  if (!evaluation.ok) throw new Error(evaluation.error);
  sandbox.follow(evaluation.promise);
  while (sandbox.runJobs(100));
  sandbox.end();
  const told = watch.asked.find((request) => Array.isArray(request) && request[0] === 'done') as unknown[];
  return told[1];
}

describe('a sandbox', function () {
  this.timeout(60_000);
  let pool: SandboxPool;
  let sandbox: Sandbox;

  before(async () => {
    pool = await SandboxPool.open(await loadQuickjs());
  });
  beforeEach(async () => {
    sandbox = await pool.take();
  });
  afterEach(() => {
    pool.give(sandbox);
  });

  it('begins each script as the first one', () => {
    const script = 'globalThis.n = (globalThis.n ?? 0) + 1; Object.prototype.x = 1; n';
    for (let i = 0; i < 3; i++) expect(answer(sandbox, script)).to.equal('1');
    expect(answer(sandbox, 'typeof n + typeof {}.x')).to.equal('"undefinedundefined"');
  });

  it('shows nothing of what a script before wrote', () => {
    const fill =
      'const a = []; for (let i = 0; i < 200; i++) a.push(new Uint8Array(20000).fill(0xab)); a.length';
    const look = `let found = 0;
      for (const size of [16, 4096, 20000, 1e6]) for (let i = 0; i < 20; i++)
        if (new Uint8Array(size).includes(0xab)) found++;
      found`;
    expect(answer(sandbox, fill)).to.equal('200');
    expect(answer(sandbox, look, new Watch(1e8))).to.equal('0');
  });

  it('uses the same steps and the same memory for the same script, whatever was before', () => {
    const script = 'const a = []; for (let i = 0; i < 5e3; i++) a.push("x".repeat(100) + i); a.length';
    const used = [];
    for (let i = 0; i < 3; i++) {
      answer(sandbox, script);
      used.push([sandbox.steps, sandbox.memoryBytes]);
      answer(sandbox, 'new Uint8Array(2e7).length');
    }
    expect(used[1]).to.deep.equal(used[0]);
    expect(used[2]).to.deep.equal(used[0]);
    expect(used[0]![1]).to.be.within(200_000, 2 * MIB);
  });

  it('holds memory to its limit, also after a script that had more', () => {
    expect(answer(sandbox, 'new Uint8Array(3e7).length')).to.equal('30000000');
    expect(sandbox.isSound).to.equal(true);
    expect(() => answer(sandbox, 'new Uint8Array(3e6).length', new Watch(), MIB)).to.throw('the end');
    expect(sandbox.isSound).to.equal(false);
  });

  it('is thrown away once it is broken', async () => {
    expect(() => answer(sandbox, 'for (;;) ;')).to.throw('the end');
    expect(sandbox.isSound).to.equal(false);
    pool.give(sandbox);
    const next = await pool.take();
    expect(next).not.to.equal(sandbox);
    expect(answer(next, '1 + 1')).to.equal('2');
    pool.give(next);
  });

  it('is not kept when its memory has grown large', () => {
    answer(sandbox, 'new Uint8Array(9e7).length', new Watch(1e8), 128 * MIB);
    expect(sandbox.isSound).to.equal(false);
  });
});
