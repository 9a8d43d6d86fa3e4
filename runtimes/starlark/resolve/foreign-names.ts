/** Names of Python and its neighbours that a script may reach for in vain, with the way to write it here. */
import { nameTable } from '../name-table.js';
import type { Hint } from '../syntax/hint.js';
import { OUTSIDE } from './foreign-modules.js';

const COMPREHENSION = 'write a list comprehension: [f(x) for x in items if …]';
const LOOP = 'write a loop';
const TYPE = 'compare type(x) with the name of a type: type(x) == "list"';
const FAIL = 'write fail("message") to end the script with an error';
const NO_CODE = 'text is never run as code';
const NO_IMPORT = 'there are no modules to import; json, math and struct are there already';
const NONE = 'write None';
const ANNOTATION: Hint = {
  needs: 'annotations',
  hint: 'leave it out: annotations are read and ignored, whatever they name',
  otherwise: 'leave it out: there are no annotations in this dialect',
};
const END: Hint = {
  needs: 'topLevelReturn',
  hint: 'write return',
  otherwise: 'write fail("message"), or let the script come to its end',
};
const TEXT: Hint = {
  needs: 'formatStrings',
  hint: 'write "{}".format(x), or an f-string',
  otherwise: 'write "{}".format(x)',
};
const PARALLEL = 'call tools directly; parallel([f, g]) runs calls at the same time';

/** The way to write it here, by the name that is not there. Modules have a table of their own. */
export const FOREIGN_NAMES = nameTable<Hint>([
  ['map filter', COMPREHENSION],
  ['sum reduce', 'add up in a loop'],
  ['iter next', LOOP],
  ['isinstance issubclass', TYPE],
  ['callable', 'compare type(x) with "function" and "builtin_function_or_method"'],
  ['open input file Path fetch axios', OUTSIDE],
  ['eval exec compile __import__', NO_CODE],
  ['importlib require', NO_IMPORT],
  ['defaultdict', 'write d.get(key, default), or d.setdefault(key, default)'],
  ['Counter', 'count in a dict: d[x] = d.get(x, 0) + 1'],
  ['pow', 'write math.pow(x, y), or multiply'],
  ['divmod', 'write x // y and x % y'],
  ['round', 'write math.round(x)'],
  ['format', TEXT],
  [
    'object super property staticmethod classmethod self',
    'there are no classes: write functions, dicts and struct(…)',
  ],
  ['frozenset', 'write set(…)'],
  ['bytearray memoryview', 'write bytes(…), or a list of numbers'],
  ['slice', 'write x[low:high]'],
  ['vars locals globals', 'keep values in a dict of your own'],
  ['setattr delattr', 'keep values in a dict: d[name] = value'],
  ['id', 'compare values with =='],
  ['hex', 'write "%x" % n'],
  ['oct', 'write "%o" % n'],
  ['bin', 'write a loop over n % 2'],
  ['complex', 'there are no complex numbers'],
  ['gather await_all Promise', PARALLEL],
  ['sleep', 'a script does not wait; retry(f, attempts=3, delay_ms=…) waits between attempts'],
  ['console', 'write print(…)'],
  ['JSON', 'write json.decode(text) and json.encode(value)'],
  ['Math', 'the module is called math'],
  ['Object', 'a dict has keys(), values() and items()'],
  ['null nil undefined NULL none', NONE],
  ['true TRUE', 'write True'],
  ['false FALSE', 'write False'],
  [
    'Exception BaseException Error ValueError KeyError TypeError IndexError RuntimeError AssertionError',
    FAIL,
  ],
  ['assert', 'write if not condition: fail("message")'],
  ['raise throw', FAIL],
  ['exit quit SystemExit KeyboardInterrupt', END],
  ['typing Any Dict List Optional Union Tuple Set Callable TypedDict NamedTuple', ANNOTATION],
  ['lru_cache cache wraps', 'leave the decorator out'],
  ['__name__', 'the script runs from its first line: no main is called'],
  ['pprint pformat', 'write print(json.indent(json.encode(value)))'],
  ['unicode basestring', 'the type is called str'],
  ['long', 'the type is called int'],
  ['xrange', 'write range(…)'],
  ['length', 'write len(x)'],
  ['re', 'use the methods of strings: find, split, replace, startswith, …'],
]);
