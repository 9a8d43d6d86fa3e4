import { expect } from 'chai';
import { ANONYMOUS } from '../../../../core/index.js';
import type { Limits } from '../../../../core/index.js';
import plugin, { fixedLimits } from '../../../../plugins/limits/fixed/index.js';

describe('fixed limits', () => {
  it('are the same for everyone, the rest being open', () => {
    const policy = fixedLimits({ steps: 5 });
    expect(policy.limitsFor!(ANONYMOUS, 'script')).to.deep.equal({ steps: 5 });
    expect(policy.limitsFor!({ id: 'me' }, 'direct')).to.equal(policy.limitsFor!(ANONYMOUS, 'script'));
    expect(fixedLimits().limitsFor!(ANONYMOUS, 'script')).to.deep.equal({});
  });

  it('refuse what is out of range, with every fault', () => {
    const choice = { steps: 0, parallel: 2.5, outputBytes: '1', wallTime: 5 } as unknown as Partial<Limits>;
    expect(() => fixedLimits(choice))
      .to.throw(
        'limits: steps is 0, want a whole number from 1 to 1000000000000000; ' +
          'limits: parallel is 2.5, want a whole number from 1 to 10000; ' +
          'limits: outputBytes is a string, want a whole number from 2 to 1073741824; ' +
          'limits: no limit "wallTime", did you mean "wallTimeMs"?',
      )
      .with.property('code', 'config/invalid');
  });

  it('are a plugin whose schema answers each fault', async () => {
    expect(plugin).to.include({ kind: 'limits' });
    const { validate } = plugin.config!['~standard'];
    expect((await validate({ steps: 0, x: 1 })).issues).to.have.length(2);
    expect(await validate({ steps: 7 })).to.deep.equal({ value: { steps: 7 } });
    expect((await validate('x')).issues).to.have.length(1);
    const policy = await plugin.create({ steps: 7 }, { folder: '/' });
    expect(await policy.limitsFor!(ANONYMOUS, 'script')).to.deep.equal({ steps: 7 });
  });
});
