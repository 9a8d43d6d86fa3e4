/** What a runtime keeps in this process it keeps in processes of its own. */
import { expect } from 'chai';
import type { ScriptRuntime } from '../../../core/index.js';
import { runtimeChecks } from '../../../core/testing/index.js';
import type { RuntimeScripts } from '../../../core/testing/index.js';
import {
  createIsolatedRuntime,
  type IsolatedRuntime,
  type RuntimeSource,
} from '../../../runtimes/isolated/index.js';
import { createMontyRuntime } from '../../../runtimes/monty/index.js';
import { createQuickjsRuntime } from '../../../runtimes/quickjs/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';
import { JAVASCRIPT, PYTHON, STARLARK } from './languages.js';

interface Ours {
  readonly make: () => ScriptRuntime | Promise<ScriptRuntime>;
  readonly source: RuntimeSource;
  readonly scripts: RuntimeScripts;
}

const from = (path: string): string => new URL(`../../../runtimes/${path}/index.ts`, import.meta.url).href;

const ours: Readonly<Record<string, Ours>> = {
  starlark: {
    make: () => createStarlarkRuntime(),
    source: { module: from('starlark/plug'), export: 'createStarlarkRuntime' },
    scripts: STARLARK,
  },
  quickjs: { make: createQuickjsRuntime, source: { module: from('quickjs') }, scripts: JAVASCRIPT },
  monty: { make: createMontyRuntime, source: { module: from('monty'), addons: true }, scripts: PYTHON },
};

describe('contract of ScriptRuntime, in processes of its own', function () {
  this.timeout(60_000);

  for (const [name, { make, source, scripts }] of Object.entries(ours)) {
    describe(name, () => {
      let here: ScriptRuntime;
      let apart: IsolatedRuntime;
      const lend = (): ScriptRuntime => ({ ...apart, close: () => undefined });

      before(async () => {
        here = await make();
        apart = await createIsolatedRuntime({ ...source, processes: 1, runtime: here });
      });

      after(() => apart.close());

      for (const check of runtimeChecks({ make: lend, scripts, patienceMs: 30_000 })) {
        it(check.name, check.run);
      }

      it('says of its language what it says in process', () => {
        const told: Readonly<Record<string, unknown>> = { ...apart };
        for (const [key, said] of Object.entries(here)) {
          if (typeof said === 'function') expect(told[key], key).to.be.a('function');
          else expect(told[key], key).to.deep.equal(said);
        }
      });
    });
  }

  it('closes its own children, also twice, and without a run', async () => {
    const runtime = await createIsolatedRuntime(ours['starlark']!.source);
    expect(runtime.pids).to.have.length(1);
    await runtime.close();
    await runtime.close();
    expect(runtime.pids).to.deep.equal([]);
  });
});
