/** What is wrong with a call of `retry`, as far as the text alone tells. */
import { isNoFunction, judge, NO_NAMES, sampleOf, typeName } from '../values/index.js';
import type { CallFault, Glimpse, GlimpsedCall } from '../values/index.js';
import { RETRY_PARAMETERS, multipleValues, noFunction, tooMany, unexpectedName } from './retry-fault.js';

/** The function is called without arguments; the numbers are looked at when the call is made. */
export function checkRetry({ args, names, more }: GlimpsedCall): readonly CallFault[] {
  const count = args.length - names.length;
  if (count > RETRY_PARAMETERS.length)
    return [{ error: tooMany(count), argument: args[RETRY_PARAMETERS.length]! }];
  const faults: CallFault[] = [];
  const given = new Map<string, Glimpse>();
  args.forEach((argument, index) => {
    const name = index < count ? RETRY_PARAMETERS[index]! : names[index - count]!;
    if (!RETRY_PARAMETERS.includes(name)) faults.push({ error: unexpectedName(name), argument });
    if (given.has(name)) faults.push({ error: multipleValues(name), argument });
    given.set(name, argument);
  });
  return [...faults, ...functionFaults(given.get('f'), more)];
}

function functionFaults(callee: Glimpse | undefined, more: boolean): readonly CallFault[] {
  if (callee === undefined) return more ? [] : [{ error: noFunction('nothing') }];
  if (isNoFunction(callee)) return [{ error: noFunction(typeName(sampleOf(callee)!)), argument: callee }];
  const faults = judge(callee, { args: [], names: NO_NAMES, more: false });
  return faults.map(({ error }) => ({ error, argument: callee }));
}
