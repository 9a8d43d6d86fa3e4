import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import { expect } from 'chai';

import { gone } from './isolated-scripts.js';

const PARENT = fileURLToPath(new URL('./orphan-parent.ts', import.meta.url));

describe('children whose parent is killed', function () {
  this.timeout(60_000);
  let parent: ChildProcess;
  let pids: number[];

  beforeEach(async () => {
    parent = spawn(process.execPath, ['--import', 'tsx', PARENT], {
      cwd: fileURLToPath(new URL('../../..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(createInterface(parent.stdout!), 'line')) as [string];
    pids = JSON.parse(line) as number[];
  });

  it('end, those that compute without giving way and one that has nothing to do', async () => {
    expect(pids).to.have.length(4);
    parent.kill('SIGKILL');
    await Promise.all(pids.map(gone));
  });
});
