import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { createCodeMode, type Tool } from '../../adapters/library/index.js';
import type { CodeMode, ScriptRuntime } from '../../core/index.js';
import { tools } from '../../docs/examples/one-job/tools.js';
import { createIsolatedRuntime } from '../../runtimes/isolated/index.js';
import { createMontyRuntime } from '../../runtimes/monty/index.js';
import { createQuickjsRuntime } from '../../runtimes/quickjs/index.js';
import { createStarlarkRuntime } from '../../runtimes/starlark/plug/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = join(root, 'docs/examples/one-job');
const page = readFileSync(join(root, 'docs/how-to/choose-the-language.md'), 'utf8');

const JOBS: Readonly<Record<string, string>> = {
  'job.star': 'starlark',
  'job.js': 'javascript',
  'job.ts': 'javascript',
  'job.py': 'python',
};

/** What each script answers; the sixteen digits of the order are all there. */
const VALUE = {
  totals: ['IE: 289.99', 'NO: 31.50'],
  unpriced: [{ order: 9007199254740995n, why: 'no price for unicorn' }],
};
const CALLS = {
  'list-orders': ['succeeded', 'succeeded', 'succeeded'],
  'list-customers': ['succeeded'],
  'get-price': ['succeeded', 'succeeded', 'failed', 'succeeded', 'succeeded'],
};

/** The tools of the job, whose prices are told once all are asked for. */
function togetherPriced(): Tool[] {
  let waiting: (() => void)[] = [];
  return tools.map((tool) => {
    if (tool.name !== 'get-price') return tool;
    return {
      ...tool,
      async call(args, context) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          if (waiting.length < CALLS['get-price'].length) return;
          for (const answer of waiting) answer();
          waiting = [];
        });
        return tool.call(args, context);
      },
    };
  });
}

const apart = (name: string, from: string): Promise<ScriptRuntime> =>
  createIsolatedRuntime({
    module: new URL(`../../runtimes/${from}/index.ts`, import.meta.url).href,
    export: name,
    processes: 1,
  });

const PLACES: Readonly<Record<string, () => Promise<ScriptRuntime[]>>> = {
  'in process': async () => [
    createStarlarkRuntime(),
    await createQuickjsRuntime(),
    await createMontyRuntime(),
  ],
  'in processes of their own': () =>
    Promise.all([
      apart('createStarlarkRuntime', 'starlark/plug'),
      apart('createQuickjsRuntime', 'quickjs'),
      apart('createMontyRuntime', 'monty'),
    ]),
};

describe('one job in each language', () => {
  for (const [place, make] of Object.entries(PLACES)) {
    describe(place, () => {
      let codeMode: CodeMode;
      before(async () => {
        codeMode = await createCodeMode({ runtime: await make(), tools: togetherPriced() });
      });
      after(() => codeMode.close());

      for (const [file, language] of Object.entries(JOBS)) {
        it(`${file} fetches, joins, fans out, goes on after a failure and reports`, async () => {
          const script = readFileSync(join(folder, file), 'utf8');
          const outcome = await codeMode.run({ script, language });
          if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
          expect(outcome.value).to.deep.equal(VALUE);
          expect(outcome.text).to.contain('9007199254740995');
          expect(outcome.logs).to.deep.equal(['5 orders, 1 without a price']);
          for (const [tool, statuses] of Object.entries(CALLS))
            expect(
              outcome.calls.filter((call) => call.tool === tool).map(({ status }) => status),
            ).to.deep.equal(statuses);
          expect(outcome.calls.length).to.equal(Object.values(CALLS).flat().length);
        });
      }
    });
  }

  for (const file of Object.keys(JOBS)) {
    it(`stands on the page: ${file}`, () => {
      expect(page).to.contain(`\n${readFileSync(join(folder, file), 'utf8')}\`\`\`\n`);
    });
  }
});
