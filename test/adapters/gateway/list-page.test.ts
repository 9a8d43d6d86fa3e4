import { expect } from 'chai';
import fc from 'fast-check';
import { pageOf } from '../../../adapters/gateway/list-page.js';

const name = (item: string): string => item;

/** All pages one after another; the list may become another between them. */
function walk(lists: (page: number) => readonly string[], size: number): string[] {
  const met: string[] = [];
  let cursor: unknown;
  for (let page = 0; ; page += 1) {
    const { items, nextCursor } = pageOf(lists(page), name, cursor, size);
    met.push(...items);
    if (nextCursor === undefined) return met;
    cursor = nextCursor;
  }
}

describe('pages of lists', () => {
  it('hold every entry once, in order', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.integer({ min: 1, max: 9 }), (list, size) => {
        expect(walk(() => list, size)).to.deep.equal(list);
      }),
    );
  });

  it('are one, and the very same array, where they are off or the list is short', () => {
    const list = ['a', 'b'];
    expect(pageOf(list, name, undefined, 0)).to.deep.equal({ items: list });
    expect(pageOf(list, name, undefined, 2).items).to.equal(list);
  });

  it('go on after the last entry when others came before it', () => {
    const before = ['b', 'c', 'd', 'e'];
    expect(walk((page) => (page === 0 ? before : ['a', ...before]), 2)).to.deep.equal(before);
  });

  it('go on from the same place when the last entry is gone', () => {
    expect(walk((page) => (page === 0 ? ['a', 'b', 'c', 'd'] : ['a', 'c', 'd']), 2)).to.deep.equal([
      'a',
      'b',
      'd',
    ]);
    expect(walk((page) => (page === 0 ? ['a', 'b', 'c'] : ['x']), 2)).to.deep.equal(['a', 'b']);
  });

  it('refuse what is no cursor of theirs', () => {
    const good = pageOf(['a', 'b'], name, undefined, 1).nextCursor ?? '';
    for (const cursor of ['', 'x', 7, null, {}, `${good}A`, good.slice(1), `${good}=`, 'ä'.repeat(27)]) {
      expect(() => pageOf(['a', 'b'], name, cursor, 1), JSON.stringify(cursor))
        .to.throw('Invalid cursor')
        .with.property('code', -32_602);
    }
  });

  it('answer something for any well-formed cursor', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 20, maxLength: 20 }), (bytes) => {
        const cursor = Buffer.from(bytes).toString('base64url');
        expect(pageOf(['a', 'b'], name, cursor, 1).items.length).to.be.at.most(1);
      }),
    );
  });
});
