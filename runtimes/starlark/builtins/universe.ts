/** What every script finds (specification: "built-in constants and functions"), and `struct`, `json`, `math`. */
import type { Value } from '../values/index.js';
import { arithmetic } from './arithmetic.js';
import { conversions } from './conversions.js';
import { byName } from './definition.js';
import { introspection } from './introspection.js';
import { json } from './json-module.js';
import { math } from './math-module.js';
import { methods } from './methods.js';
import { ordering } from './ordering.js';
import { output } from './output.js';
import { sequences } from './sequences.js';
import { struct } from './struct.js';

/** By name, in the order of the tables. */
export const universe: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['None', null],
  ['True', true],
  ['False', false],
  ...byName(arithmetic),
  ...byName(conversions),
  ...byName(sequences),
  ...byName(ordering),
  ...byName(output),
  ...byName(introspection(methods)),
  ['struct', struct],
  ['json', json],
  ['math', math],
]);
