import { expect } from 'chai';
import {
  bytesText,
  countText,
  durationText,
  plural,
  sinceText,
} from '../../../../../adapters/console/page/text/figures.js';

describe('figures of the page', () => {
  const durations: [number, string][] = [
    [0, '0 ms'],
    [0.42, '0.4 ms'],
    [38.4, '38 ms'],
    [1_240, '1.24 s'],
    [12_340, '12.3 s'],
    [60_000, '1 min'],
    [125_000, '2 min 05 s'],
    [3_900_000, '1 h 05 min'],
  ];
  for (const [ms, text] of durations) {
    it(`write ${ms} ms as ${text}`, () => expect(durationText(ms)).to.equal(text));
  }

  it('write sizes and counts in the unit that is read', () => {
    expect([0, 1023, 1024, 12_595, 134_217_728].map(bytesText)).to.deep.equal([
      '0 B',
      '1023 B',
      '1 KiB',
      '12.3 KiB',
      '128 MiB',
    ]);
    expect([999, 12_400, 1_000_000, 2.5e9].map(countText)).to.deep.equal(['999', '12,400', '1 M', '2.5 G']);
    expect([plural(1, 'call'), plural(0, 'call')]).to.deep.equal(['1 call', '0 calls']);
  });

  it('tell how long ago something was', () => {
    const ago = (ms: number): string => sinceText(0, ms);
    expect([1_000, 12_000, 300_000, 7_200_000, 172_800_000].map(ago)).to.deep.equal([
      'now',
      '12 s ago',
      '5 min ago',
      '2 h ago',
      '2 d ago',
    ]);
  });
});
