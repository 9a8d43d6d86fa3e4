/** Methods of dicts (specification: "built-in methods", dict·…). */
import { runtimeError } from '../error.js';
import { Dict, List, Tuple, chargeItems } from '../values/index.js';
import type { Thread, Value } from '../values/index.js';
import { method } from './definition.js';
import type { MethodTable } from './definition.js';
import { updateDict } from './dict-update.js';
import { chargeRows } from './many.js';
import { anything, optional, others, required } from './parameter.js';

const key = required('key', anything);
const byDefault = optional('default', anything);

/** Those of the specification. */
export const dictMethods: MethodTable<Dict> = new Map([
  method('clear', [], clear),
  method('get', [key, byDefault], get),
  method('items', [], items),
  method('keys', [], keys),
  method('pop', [key, byDefault], pop),
  method('popitem', [], popitem),
  method('setdefault', [key, byDefault], setdefault),
  method('update', [optional('pairs', anything), others('kwargs')], update),
  method('values', [], values),
]);

/** With those that Python has beyond it. */
export const openDictMethods: MethodTable<Dict> = new Map([...dictMethods, method('copy', [], copy)]);

function clear({ budget }: Thread, dict: Dict): null {
  budget.step(1);
  dict.clear();
  return null;
}

function get({ budget }: Thread, dict: Dict, key: Value, byDefault: Value = null): Value {
  const value = dict.get(budget, key);
  return value === undefined ? byDefault : value;
}

function items({ budget }: Thread, dict: Dict): List {
  chargeRows(budget, dict.size, 2);
  return new List(Array.from(dict.entries(), (entry) => new Tuple(entry)));
}

function keys({ budget }: Thread, dict: Dict): List {
  chargeItems(budget, dict.size);
  return new List(dict.keys());
}

function values({ budget }: Thread, dict: Dict): List {
  chargeItems(budget, dict.size);
  return new List([...dict.values()]);
}

function pop({ budget }: Thread, dict: Dict, key: Value, byDefault?: Value): Value {
  const value = dict.delete(budget, key);
  if (value !== undefined) return value;
  if (byDefault !== undefined) return byDefault;
  throw runtimeError('missing key', 'd.pop(key, None) answers None instead').as('KeyError');
}

/** Finding the first entry costs more the more have been deleted before it. */
function popitem({ budget }: Thread, dict: Dict): Tuple {
  chargeItems(budget, 2);
  budget.step(Math.floor(dict.size / 16));
  const first = dict.entries().next();
  if (first.done === true) throw runtimeError('empty dict').as('KeyError');
  dict.delete(budget, first.value[0]);
  return new Tuple(first.value);
}

function setdefault({ budget }: Thread, dict: Dict, key: Value, byDefault: Value = null): Value {
  const value = dict.get(budget, key);
  if (value !== undefined) return value;
  dict.set(budget, key, byDefault);
  return byDefault;
}

function update(
  { budget }: Thread,
  dict: Dict,
  pairs: Value | undefined,
  named: ReadonlyMap<string, Value>,
): null {
  updateDict(budget, dict, pairs, named);
  return null;
}

function copy({ budget }: Thread, dict: Dict): Dict {
  const result = new Dict();
  updateDict(budget, result, dict, new Map());
  return result;
}
