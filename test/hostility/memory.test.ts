/** What a script may hold by its memory limit is about what the process grows by: measured in one of its own. */
import { expect } from 'chai';
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** MiB of JavaScript's heap: the engine's own, and twice the limit of 16 MiB that the child's scripts have. */
const HEAP_MB = 64 + 2 * 16;

const CHILD = fileURLToPath(new URL('memory-child.ts', import.meta.url));

describe('memory', function () {
  this.timeout(120_000);

  it('ends each script that hoards before the heap is full', async () => {
    const { code, output } = await run(['--import', 'tsx', `--max-old-space-size=${String(HEAP_MB)}`, CHILD]);
    const lines = output.trim().split('\n');
    expect(code, output).to.equal(0);
    expect(lines.length).to.be.greaterThan(15);
    for (const line of lines) expect(line).to.match(/: limit\/memory$/);
  });
});

function run(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
