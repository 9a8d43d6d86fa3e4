import { expect } from 'chai';
import {
  MAX_STATE_BYTES,
  STATE_TTL_MS,
  StateSeal,
  type StatePurpose,
} from '../../../adapters/gateway/state-seal.js';

const SECRET = 'a secret that three replicas share';
const PURPOSE: StatePurpose = { caller: 'ada', method: 'tools/call', params: { name: 'ask', arguments: {} } };

describe('the seal of a state', () => {
  let nowMs: number;
  const sealOf = (secret?: string): StateSeal => new StateSeal({ secret, now: () => nowMs });

  beforeEach(() => (nowMs = 1_700_000_000_000));

  it('shows nothing of the state, and opens in every gateway with the same secret', () => {
    const sealed = sealOf(SECRET).seal('step two of ünï', PURPOSE)!;
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.to.include('step two');
    expect(sealOf(SECRET).open(sealed, PURPOSE)).to.equal('step two of ünï');
    expect(sealOf(SECRET).seal('step two of ünï', PURPOSE)).not.to.equal(sealed);
  });

  it('opens for the same parameters in another order', () => {
    const params = { name: 'ask', arguments: { a: { b: 1, c: 2 } } };
    const sealed = sealOf(SECRET).seal('s', { ...PURPOSE, params })!;
    const again = { ...PURPOSE, params: { arguments: { a: { c: 2, b: 1 } }, name: 'ask' } };
    expect(sealOf(SECRET).open(sealed, again)).to.equal('s');
  });

  const others: Readonly<Record<string, StatePurpose>> = {
    'another caller': { ...PURPOSE, caller: 'eve' },
    'another method': { ...PURPOSE, method: 'prompts/get' },
    'another tool': { ...PURPOSE, params: { name: 'other', arguments: {} } },
    'other arguments': { ...PURPOSE, params: { name: 'ask', arguments: { a: 1 } } },
    'a list in place of an object': { ...PURPOSE, params: { name: 'ask', arguments: [] } },
  };
  for (const [who, purpose] of Object.entries(others)) {
    it(`does not open for ${who}`, () => {
      const seal = sealOf(SECRET);
      expect(seal.open(seal.seal('s', PURPOSE)!, purpose)).to.equal(undefined);
    });
  }

  it('does not open with another secret, nor with one that nobody gave', () => {
    const sealed = sealOf(SECRET).seal('s', PURPOSE)!;
    for (const secret of [`${SECRET}!`, undefined])
      expect(sealOf(secret).open(sealed, PURPOSE)).to.equal(undefined);
  });

  it('does not open when its time is over', () => {
    const seal = sealOf(SECRET);
    const sealed = seal.seal('s', PURPOSE)!;
    nowMs += STATE_TTL_MS;
    expect(seal.open(sealed, PURPOSE)).to.equal('s');
    nowMs += 1;
    expect(seal.open(sealed, PURPOSE)).to.equal(undefined);
  });

  it('does not open with any byte changed, its expiry included, nor cut short', () => {
    const seal = sealOf(SECRET);
    const bytes = Buffer.from(seal.seal('state', PURPOSE)!, 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at]! ^= 1;
      expect(seal.open(changed.toString('base64url'), PURPOSE), String(at)).to.equal(undefined);
      expect(seal.open(bytes.subarray(0, at).toString('base64url'), PURPOSE)).to.equal(undefined);
    }
  });

  it('takes no state that is too long, in either direction', () => {
    const seal = sealOf();
    const longest = 'x'.repeat(MAX_STATE_BYTES);
    expect(seal.open(seal.seal(longest, PURPOSE)!, PURPOSE)).to.equal(longest);
    expect(seal.seal(`${longest}x`, PURPOSE)).to.equal(undefined);
    expect(seal.open('A'.repeat(MAX_STATE_BYTES * 2), PURPOSE)).to.equal(undefined);
  });
});
