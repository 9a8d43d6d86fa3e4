import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { PAGE, pageOf } from './page.js';
import { readAreas } from './requirements.js';
import { titlesIn } from './titles.js';

describe('the requirements', () => {
  const areas = readAreas();
  const rows = areas.flatMap((area) => area.rows);
  const tests = rows.flatMap((row) =>
    'tests' in row ? row.tests.map((each) => ({ ...each, id: row.id })) : [],
  );

  it('have ids of their own, in order within their area', () => {
    const ids = rows.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
    expect(ids.length).to.be.at.least(200);
    for (const area of areas) {
      const own = area.rows.map(({ id }) => id);
      expect(own).to.deep.equal([...own].sort());
    }
  });

  it('say a thing once', () => {
    const said = rows.map(({ as, behaviour }) => `${as} ${behaviour}`);
    expect(new Set(said).size).to.equal(said.length);
  });

  it('name tests that are there', function () {
    this.timeout(120_000);
    const files = [...new Set(tests.map(({ file }) => file))];
    const titles = titlesIn(files.filter((file) => existsSync(new URL(`../../${file}`, import.meta.url))));
    const missing = tests.filter(({ file, title }) => {
      const pattern = new RegExp(`^${title.split('*').map(escaped).join('.*')}$`, 's');
      return titles.get(file)?.some((each) => pattern.test(each)) !== true;
    });
    expect(missing).to.deep.equal([]);
  });

  it('are the page that readers have', () => {
    expect(readFileSync(PAGE, 'utf8'), 'npm run requirements writes it').to.equal(pageOf(areas));
  });
});

function escaped(text: string): string {
  return text.replace(/[\\^$.|?+()[\]{}]/g, '\\$&');
}
