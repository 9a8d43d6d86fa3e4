import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { sha256 } from '../../core/sha256.js';

const wanted = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('SHA-256', () => {
  it('is that of the platform for every length that fills blocks in another way', async () => {
    for (let length = 0; length <= 200; length += 1) {
      const text = 'é'.repeat(length % 3) + 'a'.repeat(length);
      expect(await sha256(text)).to.equal(wanted(text));
    }
    for (const length of [4_095, 4_096, 4_097, 100_000]) {
      expect(await sha256('x'.repeat(length))).to.equal(wanted('x'.repeat(length)));
    }
  });

  it('is that of the platform for any text', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        expect(await sha256(text)).to.equal(wanted(text));
      }),
    ));
});
