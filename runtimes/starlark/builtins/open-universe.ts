/** The universe with what models write because Python has it, where its meaning is plain. */
import { runtimeError } from '../error.js';
import { Callable, typeName } from '../values/index.js';
import type { Value } from '../values/index.js';
import { openArithmetic } from './arithmetic.js';
import { baseText } from './base-text.js';
import { builtin, byName } from './definition.js';
import { errorClasses } from './error-classes.js';
import { openField } from './fields.js';
import { introspection } from './introspection.js';
import { openJson } from './json-module.js';
import { mapping } from './mapping.js';
import { openMath } from './math-module.js';
import { openMethods } from './methods.js';
import { openOrdering } from './ordering.js';
import { openPrint } from './output.js';
import { anything, optional, required } from './parameter.js';
import { re } from './re/re-module.js';
import { openEnumerate, openZip } from './sequences.js';
import { isinstance, typeBuiltins } from './types.js';
import { universe } from './universe.js';

/** Whether a value can be called. */
const callable = builtin('callable', [required('x', anything)], (_, x) => x instanceof Callable);

/** The compiler sees to `next` over a generator expression in place; any other is refused. */
const next = builtin('next', [required('x', anything), optional('default', anything)], (_, x) => {
  throw runtimeError(
    `got ${typeName(x)}, want a generator expression written in place`,
    'there are no iterators: write x[0], a loop, or next((y for y in x if …), None)',
  );
});

/** A superset of {@link universe}; some of the same names take more arguments. */
export const openUniverse: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...universe,
  ...typeBuiltins(universe, openMethods),
  ...byName(openArithmetic),
  ...byName(openOrdering),
  ...byName(mapping),
  ...byName(baseText),
  ...byName(introspection(openMethods, openField)),
  ...byName(errorClasses),
  ...byName([callable, isinstance, next, openEnumerate, openPrint, openZip]),
  ['__name__', '__main__'],
  ['json', openJson],
  ['math', openMath],
  ['re', re],
  ['true', true],
  ['false', false],
  ['null', null],
]);
