import { expect } from 'chai';
import { ResourceTemplate } from '../../../../../plugins/dispatchers/mcp/context/resource-template.js';

const matches = (template: string, uri: string): boolean => new ResourceTemplate(template).matches(uri);

describe('a resource template', () => {
  for (const [template, good, bad] of [
    ['test://note', ['test://note'], ['test://notes', 'test://not', '']],
    ['test://{id}', ['test://7', 'test://a%20b'], ['test://', 'test://a/b', 'other://7', 'test://a?b=1']],
    ['test://{a}/x/{b}', ['test://1/x/2', 'test://x/x/x'], ['test://1/y/2', 'test://1/x/', 'test://1/x/2/3']],
    ['file:///{+path}', ['file:///a', 'file:///a/b/c.txt'], ['file:///', 'file://a']],
    ['file:///{path*}', ['file:///a/b'], ['file:///']],
    ['x://{id}{?q,page}', ['x://1', 'x://1?q=a&page=2', 'x://1?page=2'], ['x://?q=a']],
    ['x://{id}.json', ['x://a.json', 'x://a.b.json'], ['x://.json', 'x://a.txt']],
    ['x://a{/segments*}', ['x://a', 'x://a/b/c'], ['y://a']],
    ['x://{#part}', ['x://', 'x://#a'], ['y://']],
  ] as const) {
    it(`matches what it stands for: ${template}`, () => {
      for (const uri of good) expect(matches(template, uri), uri).to.equal(true);
      for (const uri of bad) expect(matches(template, uri), uri).to.equal(false);
    });
  }

  it('matches nothing when it is malformed or too long', () => {
    for (const template of ['x://{', 'x://}', 'x://{}', 'x://{a', `x://${'a'.repeat(1_000)}`])
      expect(matches(template, template), template.slice(0, 20)).to.equal(false);
    expect(matches('{+a}', 'x'.repeat(10_000))).to.equal(false);
  });

  it('takes no time to speak of, however crooked', () => {
    const uri = `${'a'.repeat(2_000)}!`;
    const crooked = [`${'{+a}a'.repeat(30)}b`, `${'{a}'.repeat(32)}b`, `${'{+a}{b*}'.repeat(16)}?`];
    for (const template of crooked) {
      const start = performance.now();
      expect(matches(template, uri)).to.equal(false);
      expect(performance.now() - start).to.be.below(500);
    }
  });
});
