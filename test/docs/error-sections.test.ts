import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { DEFAULT_LIMITS, ERROR_CODES } from '../../core/index.js';

const reference = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../docs/reference/${name}`, import.meta.url)), 'utf8');

describe('the reference', () => {
  it('has a section for each error code, in the order of the table', () => {
    const sections = [...reference('errors.md').matchAll(/^## (.+)$/gm)].map((match) => match[1]);
    expect(sections).to.deep.equal(Object.keys(ERROR_CODES));
  });

  it('has a row for each limit, with its default', () => {
    const rows = [...reference('limits.md').matchAll(/^\| `(\w+)` \| ([\d,.]+)( [KM]iB)? \|/gm)].map(
      (match) => [
        match[1],
        Number(match[2]!.replaceAll(',', '')) *
          (match[3] === ' MiB' ? 2 ** 20 : match[3] === ' KiB' ? 2 ** 10 : 1),
      ],
    );
    expect(Object.fromEntries(rows)).to.deep.equal(DEFAULT_LIMITS);
  });
});
