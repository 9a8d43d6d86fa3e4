/** Fills a dict from pairs and keyword arguments: for `dict` and `dict.update`. */
import { runtimeError } from '../error.js';
import { Dict, isIterable, iterate, length, typeName } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';

/** Takes the entries of a dict, or the pairs of another iterable; then the named ones. */
export function updateDict(
  budget: Budget,
  dict: Dict,
  pairs: Value | undefined,
  named: ReadonlyMap<string, Value>,
): void {
  if (pairs instanceof Dict) putEntries(budget, dict, pairs);
  else if (pairs !== undefined) putPairs(budget, dict, pairs);
  budget.step(named.size);
  for (const [name, value] of named) dict.setString(budget, name, value);
}

function putEntries(budget: Budget, dict: Dict, other: Dict): void {
  budget.step(other.size);
  if (other === dict) return;
  for (const [key, value] of other.entries()) dict.set(budget, key, value);
}

function putPairs(budget: Budget, dict: Dict, pairs: Value): void {
  if (!isIterable(budget, pairs)) throw runtimeError(`got ${typeName(pairs)}, want iterable`);
  iterate(budget, pairs).forEach((pair, at) => {
    const [key, value] = pairOf(budget, pair, at);
    dict.set(budget, key, value);
  });
}

function pairOf(budget: Budget, pair: Value, at: number): readonly [Value, Value] {
  const name = `dictionary update sequence element #${at}`;
  if (!isIterable(budget, pair)) throw runtimeError(`${name} is not iterable (${typeName(pair)})`);
  const size = length(pair);
  if (size !== 2) throw runtimeError(`${name} has length ${size ?? 0}, want 2`).as('ValueError');
  const [key = null, value = null] = iterate(budget, pair);
  return [key, value];
}
