/** Children that die, and those that never come to be. */
import { expect } from 'chai';

import { createHostileRuntime } from './hostile-runtime.js';
import { isolated, HOSTILE, type Isolated } from './isolated-scripts.js';

describe('children that die in a row', function () {
  this.timeout(60_000);
  let apart: Isolated;

  afterEach(() => apart.codeMode.close());

  const run = (script: string, data = {}) => apart.codeMode.run({ script, data });

  it('come back later each time, cost their own scripts, and are told in one line', async () => {
    apart = await isolated({ ...HOSTILE, processes: 1, scriptsAtOnce: 1 });
    const dying = await Promise.all(Array.from({ length: 5 }, () => run('exit')));
    for (const outcome of dying) {
      expect(outcome.ok || outcome.error).to.deep.include({
        code: 'internal',
        message: 'run the script: the process that ran it ended (exit code 3)',
        hint: 'what the script had called before is done: look at its calls before you send it again',
      });
    }
    const outcome = await run('value', { value: 7 });
    expect(outcome.ok && outcome.value).to.equal(7);
    expect(apart.reports).to.deep.equal(['a process for scripts ended (exit code 3)']);
    await apart.codeMode.close();
    expect(apart.reports[1]).to.equal('4 more processes for scripts ended like that');
  });

  it('are told of where the module cannot be loaded, to scripts and to the operator', async () => {
    apart = await isolated({
      ...HOSTILE,
      export: 'nothing',
      runtime: createHostileRuntime(),
    });
    const outcome = await run('value');
    expect(outcome.ok || outcome.error).to.deep.include({
      code: 'internal',
      message: 'run: no process for scripts can be started at the moment',
    });
    expect(apart.reports[0]).to.match(/the runtime cannot be loaded.*exports no function nothing/);
  });

  for (const [what, program] of [
    ['is no such program', '/no/such/program'],
    ['is no path', 'a\0b'],
  ] as const) {
    it(`never come to be where the program to run ${what}: an outcome says so`, async () => {
      const { execPath } = process;
      process.execPath = program;
      try {
        apart = await isolated(HOSTILE);
        const outcome = await run('value');
        expect(outcome.ok || outcome.error.code).to.equal('internal');
        expect(outcome.ok || outcome.error.retryAfterMs).to.be.a('number');
      } finally {
        process.execPath = execPath;
      }
      // Starts that were under way then may still fail.
      let outcome = await run('value', { value: 7 });
      while (!outcome.ok) outcome = await run('value', { value: 7 });
      expect(outcome.value).to.equal(7);
    });
  }
});
