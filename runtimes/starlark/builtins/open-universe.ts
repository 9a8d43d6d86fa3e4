/** The universe with what models write because Python has it, where its meaning is plain. */
import type { Value } from '../values/index.js';
import { openArithmetic } from './arithmetic.js';
import { byName } from './definition.js';
import { errorClasses } from './error-classes.js';
import { introspection } from './introspection.js';
import { openJson } from './json-module.js';
import { mapping } from './mapping.js';
import { openMath } from './math-module.js';
import { openMethods } from './methods.js';
import { openOrdering } from './ordering.js';
import { openEnumerate } from './sequences.js';
import { universe } from './universe.js';

/** A superset of {@link universe}; some of the same names take more arguments. */
export const openUniverse: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...universe,
  ...byName(openArithmetic),
  ...byName(openOrdering),
  ...byName(mapping),
  ...byName(introspection(openMethods)),
  ...byName(errorClasses),
  ['__name__', '__main__'],
  ['enumerate', openEnumerate],
  ['json', openJson],
  ['math', openMath],
]);
