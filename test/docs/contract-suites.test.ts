import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { CHECKS } from './contract-checks.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs/reference/contract-suites.md'), 'utf8');

describe('the reference of the contract suites', () => {
  for (const [contract, names] of Object.entries(CHECKS)) {
    it(`has each check of ${contract}`, () => {
      const section = page.split(`\n## ${contract}\n`)[1]?.split('\n## ')[0] ?? '';
      const told = [...section.matchAll(/^- (.*)$/gm)].map((match) => match[1]);
      expect(told).to.deep.equal(names);
    });
  }
});
