import { test } from 'node:test';
import { sinkChecks } from 'toolscript/testing';
import { Sink } from './index.js';

for (const { name, run } of sinkChecks({ make: () => new Sink() })) test(name, run);
