import { readFileSync } from 'node:fs';
import { createCodeMode, createStarlarkRuntime } from 'toolscript';
import { createMontyRuntime } from 'toolscript/runtimes/monty';
import { createQuickjsRuntime } from 'toolscript/runtimes/quickjs';
import { tools } from './one-job/tools.js';

const codeMode = await createCodeMode({
  runtime: [createStarlarkRuntime(), await createQuickjsRuntime(), await createMontyRuntime()],
  tools,
});

const jobs = { 'job.star': 'starlark', 'job.js': 'javascript', 'job.ts': 'javascript', 'job.py': 'python' };
for (const [file, language] of Object.entries(jobs)) {
  const script = readFileSync(new URL(`one-job/${file}`, import.meta.url), 'utf8');
  const outcome = await codeMode.run({ script, language });
  console.log(file, outcome.ok ? outcome.text : outcome.error);
}
await codeMode.close();

//> job.star {"totals":["IE: 289.99","NO: 31.50"],"unpriced":[{"order":9007199254740995,"why":"no price for unicorn"}]}
//> job.js {"totals":["IE: 289.99","NO: 31.50"],"unpriced":[{"order":9007199254740995,"why":"no price for unicorn"}]}
//> job.ts {"totals":["IE: 289.99","NO: 31.50"],"unpriced":[{"order":9007199254740995,"why":"no price for unicorn"}]}
//> job.py {"totals":["IE: 289.99","NO: 31.50"],"unpriced":[{"order":9007199254740995,"why":"no price for unicorn"}]}
