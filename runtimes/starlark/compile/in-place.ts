/** `x op= y`: lists, dicts and sets change themselves; of all others the name gets a new value. */
import type { BinaryOperator } from '../syntax/tree.js';
import { Dict, List, StarlarkSet, checkMutable, chargeGrowth, isIterable, iterate } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import type { Operate } from './operation.js';

/** Does the operation in place where the operands' types have it so, else as `operate` does. */
export function inPlace(operator: BinaryOperator, operate: Operate): Operate {
  switch (operator) {
    case '+':
      return (budget, x, y) =>
        x instanceof List && isIterable(budget, y) ? extend(budget, x, y) : operate(budget, x, y);
    case '|':
      return (budget, x, y) =>
        x instanceof Dict && y instanceof Dict ? update(budget, x, y) : onSets(budget, x, y);
    case '&':
    case '-':
    case '^':
      return onSets;
    default:
      return operate;
  }

  function onSets(budget: Budget, x: Value, y: Value): Value {
    return x instanceof StarlarkSet && y instanceof StarlarkSet
      ? become(budget, x, operate(budget, x, y) as StarlarkSet)
      : operate(budget, x, y);
  }
}

function extend(budget: Budget, list: List, more: Value): List {
  const items = iterate(budget, more);
  checkMutable(list, 'append to');
  const count = items.length;
  chargeGrowth(budget, list.items.length, count);
  for (let i = 0; i < count; i++) list.items.push(items[i]!);
  return list;
}

function update(budget: Budget, dict: Dict, more: Dict): Dict {
  checkMutable(dict, 'insert into');
  budget.step(more.size);
  for (const [key, value] of more === dict ? [] : more.entries()) dict.set(budget, key, value);
  return dict;
}

function become(budget: Budget, set: StarlarkSet, result: StarlarkSet): StarlarkSet {
  set.clear();
  for (const item of result.items()) set.add(budget, item);
  return set;
}
