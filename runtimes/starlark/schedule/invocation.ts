/** Calls that builtins make, and what they do with the results: now or later. */
import type { Machine } from '../compile/index.js';
import { NO_NAMES, PENDING } from '../values/index.js';
import type { Eventual, Value } from '../values/index.js';

/** See `Thread.invoke`. */
export function invoke(
  machine: Machine,
  callee: Value,
  args: Value[],
  then: (result: Value) => Eventual,
): Eventual {
  const result = machine.call(callee, args, NO_NAMES);
  return result === PENDING ? machine.later(then) : then(result);
}

/** See `Thread.invokeEach`. Each call is a step, and a point where the run may give way. */
export function invokeEach(
  machine: Machine,
  callee: Value,
  count: number,
  argsOf: (index: number) => Value[],
  take: (result: Value, index: number) => void,
  then: () => Eventual,
): Eventual {
  const { budget } = machine;
  const from = (start: number): Eventual => {
    for (let i = start; i < count; i++) {
      if (--budget.left < 0 && budget.refill()) {
        budget.left++;
        return machine.giveWay(from, i);
      }
      const result = machine.call(callee, argsOf(i), NO_NAMES);
      if (result === PENDING) return machine.later(goOn, i);
      take(result, i);
    }
    return then();
  };
  const goOn = (i: number, result: Value): Eventual => {
    take(result, i);
    return from(i + 1);
  };
  return from(0);
}
