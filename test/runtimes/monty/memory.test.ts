import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect } from 'chai';

const MIB = 1024 * 1024;
const RUNS = fileURLToPath(new URL('thousand-runs.ts', import.meta.url));

describe('the memory of Python', () => {
  it('is as much after a thousand scripts as before, and not held by branches that are over', async function () {
    this.timeout(120_000);
    const options = ['--expose-gc', '--import', 'tsx', RUNS];
    const { stdout } = await promisify(execFile)(process.execPath, options);
    const { heap, all, branches } = JSON.parse(stdout) as Record<'heap' | 'all' | 'branches', number>;
    expect(heap).to.be.below(4 * MIB);
    expect(all).to.be.below(96 * MIB);
    expect(branches).to.be.below(160 * MIB);
  });
});
