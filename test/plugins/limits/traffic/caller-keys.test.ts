import { expect } from 'chai';
import { CallerKeys, digestOf } from '../../../../plugins/limits/traffic/caller-keys.js';

describe('the keys of callers', () => {
  it('are their own up to the bound, and shared beyond it', () => {
    const keys = new CallerKeys(2, 1_000, () => 0);
    expect(['ann', 'bob', 'ann'].map((id) => keys.of(id))).to.deep.equal(['own:ann', 'own:bob', 'own:ann']);
    expect(keys.of('cy'))
      .to.match(/^shared:\d+$/)
      .and.to.equal(keys.of('cy'));
    expect(keys.of('ann')).to.equal('own:ann');
  });

  it('make room as soon as a window has ended', () => {
    let now = 0;
    const keys = new CallerKeys(2, 1_000, () => now);
    keys.of('ann');
    now = 500;
    keys.of('bob');
    now = 1_000;
    expect([keys.of('cy'), keys.of('ann').slice(0, 6)]).to.deep.equal(['own:cy', 'shared']);
  });

  it('stay within their bound whoever comes', () => {
    const keys = new CallerKeys(1_000, 1_000, () => 0);
    const seen = new Set<string>();
    for (let caller = 0; caller < 200_000; caller += 1) seen.add(keys.of(`caller ${caller}`));
    expect(keys.size).to.equal(1_000);
    expect(seen.size).to.equal(1_000 + 1_024);
  });

  it('take names for names', () => {
    const keys = new CallerKeys(10, 1_000, () => 0);
    for (const name of ['__proto__', 'constructor', '', 'shared:1'])
      expect(keys.of(name)).to.equal(`own:${name}`);
  });

  it('tell another process nothing of a caller', () => {
    expect(digestOf('ann@example'))
      .to.match(/^[\w-]{43}$/)
      .and.to.not.equal(digestOf('bob@example'));
  });
});
