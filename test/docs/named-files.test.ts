import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';

const root = fileURLToPath(new URL('../..', import.meta.url));

describe('the architecture page', () => {
  it('names files that are there', () => {
    const text = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    const named = [...text.matchAll(/`((?:core|runtimes|plugins|adapters|test)\/[^`]*)`/g)].map(
      (match) => match[1]!,
    );
    expect(named.length).to.be.greaterThan(8);
    expect(named.filter((path) => !existsSync(join(root, path)))).to.deep.equal([]);
  });
});
