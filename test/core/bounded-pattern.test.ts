import { expect } from 'chai';
import { boundedTest } from '../../core/bounded-pattern.js';

describe('bounded pattern', () => {
  const tested: [pattern: string, yes: string, no: string][] = [
    ['^[a-z]+-[a-z]+$', 'ab-cd', 'ab'],
    ['^\\d{4}-\\d{2}-\\d{2}$', '2026-11-23', '2026-1-23'],
    ['^(foo|bar)$', 'bar', 'baz'],
    ['^[^@]+@[^@]+\\.[^@]+$', 'a@b.c', 'a@b'],
    ['^#?[0-9a-f]{6}$', '#00ff00', '#00fg00'],
    ['^(?:sha256:)?[0-9a-f]{64}$', `sha256:${'a'.repeat(64)}`, 'sha256:'],
    ['^[\\w\\-.]+$', 'a-b.c', 'a b'],
    ['\\(x\\)+', '(x))', 'x'],
  ];
  for (const [pattern, yes, no] of tested) {
    it(`tests ${pattern}`, () => {
      const test = boundedTest(pattern)!;
      expect([test(yes), test(no)]).to.deep.equal([true, false]);
    });
  }

  const refused = [
    '(a+)+$',
    '^(a|a)*$',
    '(a?)+',
    '((a)+)+',
    '(?=a)b',
    '(?<!a)b',
    '(a)\\1',
    '(?<n>a)\\k<n>',
    '(a|b){2,}',
    '(a|a){30}',
    '(a',
    'a)',
    '[',
    'a'.repeat(2_000),
    'a?'.repeat(40) + 'a'.repeat(40),
  ];
  for (const pattern of refused) {
    it(`does not test ${pattern.slice(0, 40)}`, () => {
      expect(boundedTest(pattern)).to.equal(undefined);
    });
  }

  it('lets texts through that would take too long', () => {
    const test = boundedTest('a*a*a*a*b')!;
    expect(test('c')).to.equal(false);
    expect(test('a'.repeat(100_000))).to.equal(true);
  });
});
