import { test } from 'node:test';
import { indexChecks } from 'toolscript/testing';
import { createIndex } from './index.js';

for (const { name, run } of indexChecks({ make: createIndex })) test(name, run);
