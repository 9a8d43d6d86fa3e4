import { test } from 'node:test';
import { runtimeChecks } from 'toolscript/testing';
import { createRuntime } from './index.js';

const scripts = {
  answers: [
    ['{"n": 1, "list": [1, "two", null, true]}', { n: 1, list: [1, 'two', null, true] }],
    ['12345678901234567890', 12345678901234567890n],
  ],
  givesBack: 'given',
  calls: 'echo(text: given)',
  callsTwice: 'echo(text: echo(text: given))',
  fansOut: '[echo(text: "a"), echo(text: "b"), echo(text: "c")]',
  catches: 'otherwise(fail(), "caught")',
  unreadable: '[1, 2',
  fails: 'echo(1)',
  recurses: '['.repeat(10_000),
};

for (const { name, run } of runtimeChecks({ make: createRuntime, scripts })) test(name, run);
