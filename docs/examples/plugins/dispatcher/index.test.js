import { test } from 'node:test';
import { dispatcherChecks } from 'toolscript/testing';
import { Dispatcher } from './index.js';

const calls = { good: { tool: 'greet', args: { name: 'Ada' } } };

for (const { name, run } of dispatcherChecks({ make: () => new Dispatcher(), calls })) test(name, run);
