import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import {
  DISPATCHER_CHECK_NAMES,
  INDEX_CHECK_NAMES,
  POLICY_CHECK_NAMES,
  RUNTIME_CHECK_NAMES,
  RecordingSink,
  sinkChecks,
} from '../../core/testing/index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/reference/contract-suites.md'), 'utf8');

const suites: Readonly<Record<string, readonly string[]>> = {
  ScriptRuntime: RUNTIME_CHECK_NAMES,
  ToolDispatcher: DISPATCHER_CHECK_NAMES,
  LimitPolicy: POLICY_CHECK_NAMES,
  ToolIndex: INDEX_CHECK_NAMES,
  TelemetrySink: sinkChecks({ make: () => new RecordingSink(), written: () => '' }).map(({ name }) => name),
};

describe('the reference of the contract suites', () => {
  for (const [contract, names] of Object.entries(suites)) {
    it(`has each check of ${contract}`, () => {
      const section = page.split(`\n## ${contract}\n`)[1]?.split('\n## ')[0] ?? '';
      const told = [...section.matchAll(/^- (.*)$/gm)].map((match) => match[1]);
      expect(told).to.deep.equal(names);
    });
  }
});
