import { test } from 'node:test';
import { policyChecks } from 'toolscript/testing';
import { createPolicy } from './index.js';

const callers = [{ id: 'admin' }];

for (const { name, run } of policyChecks({ make: createPolicy, callers })) test(name, run);
