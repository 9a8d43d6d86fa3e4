/** Waits for the turns that policies give, and gives every one back exactly once. */
import type { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import type { Admission, LimitPolicy, Release } from './limit-policy.js';
import { asToolscriptError } from './thrown.js';

/** Acts when every policy has given a turn; rejects with `limit/refused`, and with the ending's reason. */
export async function inTurn<T>(
  policies: readonly LimitPolicy[],
  admission: Admission,
  ending: Ending,
  act: () => Promise<T>,
): Promise<T> {
  const turns: Release[] = [];
  try {
    for (const policy of policies) {
      if (policy.admit !== undefined) turns.push(await turnOf(policy, admission, ending));
    }
    return await act();
  } finally {
    for (const release of turns.toReversed()) giveBack(release);
  }
}

/** A turn that comes when nobody waits any more goes straight back. */
async function turnOf(policy: LimitPolicy, admission: Admission, ending: Ending): Promise<Release> {
  const asking = ask(policy, admission);
  try {
    return await ending.until(asking);
  } catch (thrown) {
    asking.then(giveBack, () => undefined);
    throw thrown;
  }
}

async function ask(policy: LimitPolicy, admission: Admission): Promise<Release> {
  let cause: unknown;
  try {
    const release: unknown = await policy.admit?.(admission);
    if (typeof release === 'function') return release as Release;
  } catch (thrown) {
    if (asToolscriptError(thrown)?.code === 'limit/refused') throw thrown;
    cause = thrown;
  }
  const message = 'wait for a turn: the policy failed, which refuses';
  throw new ToolscriptError({ code: 'limit/refused', message }, { cause });
}

/** At once; what a policy does wrong here has no one to be told. */
function giveBack(release: () => unknown): void {
  new Promise((resolve) => {
    resolve(release());
  }).catch(() => undefined);
}
