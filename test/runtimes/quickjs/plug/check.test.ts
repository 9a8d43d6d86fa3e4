import { expect } from 'chai';
import { createCodeMode, defineTool } from '../../../../adapters/library/index.js';
import type { CodeMode } from '../../../../adapters/library/index.js';
import { createQuickjsRuntime } from '../../../../runtimes/quickjs/index.js';

describe('a check of JavaScript', () => {
  let codeMode: CodeMode;
  let calls = 0;
  const echo = defineTool({ name: 'echo', inputSchema: { type: 'object' }, call: () => (calls += 1) });

  before(async () => {
    codeMode = await createCodeMode({ runtime: await createQuickjsRuntime(), tools: [echo] });
  });
  after(() => codeMode.close());

  for (const script of [
    'while (true) {}',
    'await echo(); return 1',
    'const x: number = 1;\nthrow new Error(String(x))',
    'globalThis.mark = 1; echo()',
    '',
  ]) {
    it(`runs nothing of: ${script}`, async () => {
      expect(await codeMode.check({ script })).to.equal(undefined);
      expect(calls).to.equal(0);
      const after = await codeMode.run({ script: 'return typeof mark' });
      expect(after.ok && after.value).to.equal('undefined');
    });
  }

  for (const script of [
    'const x = ;',
    'return x +',
    'frob(); return grob(1)',
    'import fs from "fs"',
    'const x: number = 1;\nreturn x as\n',
    '('.repeat(100_000),
  ]) {
    it(`refuses as a run does: ${script.slice(0, 40)}`, async () => {
      const checked = await codeMode.check({ script });
      const outcome = await codeMode.run({ script });
      expect(checked).to.deep.equal(outcome.ok || outcome.error);
      const lines = script.split('\n').length;
      for (const { position } of [checked!, ...(checked!.also ?? [])])
        expect(position?.line ?? 1).to.be.within(1, lines);
    });
  }

  it('ends with its caller', async () => {
    const failure = await codeMode.check({ script: 'return 1', signal: AbortSignal.abort() });
    expect(failure?.code).to.equal('cancelled');
  });
});
