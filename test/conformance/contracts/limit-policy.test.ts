import { expect } from 'chai';
import { defaultLimits } from '../../../core/index.js';
import type { LimitPolicy } from '../../../core/index.js';
import { POLICY_CHECK_NAMES, policyChecks } from '../../../core/testing/index.js';
import { createAccessList } from '../../../plugins/limits/access-list/index.js';
import { createCedarPolicy } from '../../../plugins/limits/cedar/index.js';
import { fixedLimits } from '../../../plugins/limits/fixed/index.js';
import { createTrafficPolicy } from '../../../plugins/limits/traffic/index.js';

const ours: Readonly<Record<string, () => LimitPolicy | Promise<LimitPolicy>>> = {
  silent: () => defaultLimits,
  fixed: () => fixedLimits({ toolCalls: 5 }),
  'access-list': () => createAccessList({ rules: [{ allow: { tools: ['e*'] } }] }),
  cedar: () =>
    createCedarPolicy({ policies: [{ name: 'test.cedar', text: 'permit(principal, action, resource);' }] }),
  traffic: () => createTrafficPolicy({ rates: { scripts: { count: 1_000 } } }),
};

const never = (): Promise<never> => new Promise(() => undefined);

const broken: readonly (readonly [check: string, policy: LimitPolicy, message: RegExp])[] = [
  ['gives limits within their ranges', { limitsFor: () => ({ steps: 0 }) }, /steps is 0/],
  ['gives limits within their ranges', { limitsFor: () => Promise.reject(new Error('x')) }, /rejected \(x\)/],
  ['gives limits within their ranges', { limitsFor: never }, /limitsFor: no end/],
  ['chooses of the languages that there are', { languagesFor: () => ['cobol'] }, /got \["cobol"\]/],
  ['says whether scripts are shown', { showsScripts: () => 'yes' as never }, /got "yes"/],
  ['decides each call', { authorize: () => 'yes' as never }, /got "yes", want allow/],
  [
    'decides each call',
    { authorize: () => ({ allow: false, code: 'no' as 'limit/refused' }) },
    /the code "no"/,
  ],
  ['decides each call', { authorize: () => ({ allow: false, reason: 7 as never }) }, /that is a text/],
  [
    'decides each call',
    { authorize: () => ({ allow: false, retryAfterMs: -1 }) },
    /want retryAfterMs from 0/,
  ],
  [
    'decides each call',
    { authorize: ({ caller }) => ({ allow: (caller.claims!.roles as string[]).includes('admin') }) },
    /undefined/,
  ],
  ['decides of resources and prompts', { authorizeContext: () => ({}) as never }, /got \{\}, want allow/],
  [
    'shows some of the tools in their order, the same array for the same one',
    { visibleTools: (_caller, tools) => [...tools] },
    /another array/,
  ],
  [
    'shows some of the tools in their order, the same array for the same one',
    { visibleTools: (_caller, tools) => [...tools].reverse() },
    /another order/,
  ],
  [
    'shows some of the tools in their order, the same array for the same one',
    { visibleTools: () => [{ name: 'secret', inputSchema: {} }] },
    /what was not given/,
  ],
  [
    'shows some of the resources and prompts in their order',
    { visibleContext: () => 'none' as never },
    /got "none", want a list/,
  ],
  ['gives turns that are given back, once or twice', { admit: () => 1 as never }, /want what gives/],
  ['gives turns that are given back, once or twice', { admit: () => released() }, /given back before/],
  ['ends the wait for a turn soon after its signal', { admit: never }, /admit: no end/],
  ['closes, also twice', { close: never }, /close: no end/],
];

function released(): () => void {
  let isReleased = false;
  return () => {
    if (isReleased) throw new Error('given back before');
    isReleased = true;
  };
}

describe('contract of LimitPolicy', () => {
  for (const [policy, make] of Object.entries(ours)) {
    describe(policy, () => {
      const callers = [{ id: 'ada', claims: { roles: ['admin'] } }];
      for (const { name, run } of policyChecks({ make, callers })) it(name, run);
    });
  }

  for (const [name, policy, message] of broken) {
    it(`is seen to be broken: ${name}, ${String(message)}`, async () => {
      let failure = 'nothing';
      await policyChecks({ make: () => policy, patienceMs: 200 })
        .find((check) => check.name === name)!
        .run()
        .catch((thrown: unknown) => (failure = (thrown as Error).message));
      expect(failure).to.match(message);
    });
  }

  it('has each check seen to fail', () => {
    expect(new Set(broken.map(([name]) => name))).to.deep.equal(new Set(POLICY_CHECK_NAMES));
  });
});
