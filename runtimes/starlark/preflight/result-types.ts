/** What functions and methods of the language answer, whatever they are given, unless they fail. */
import { nameTable } from '../name-table.js';
import { SAMPLES } from '../values/index.js';
import type { Value } from '../values/index.js';

/** The results of functions, by name. */
export const FUNCTION_RESULTS = nameTable<Value>([
  ['chr repr str type', SAMPLES.string],
  ['hash int len ord', SAMPLES.int],
  ['float', SAMPLES.float],
  ['all any bool hasattr', SAMPLES.bool],
  ['dir enumerate list reversed sorted zip', SAMPLES.list],
  ['tuple', SAMPLES.tuple],
  ['dict', SAMPLES.dict],
  ['set', SAMPLES.set],
]);

const STRING_RESULTS = nameTable<Value>([
  ['capitalize format join lower lstrip replace rstrip strip title upper', SAMPLES.string],
  ['removeprefix removesuffix', SAMPLES.string],
  ['count find index rfind rindex', SAMPLES.int],
  ['endswith startswith isalnum isalpha isdigit islower isspace istitle isupper', SAMPLES.bool],
  ['rsplit split splitlines', SAMPLES.list],
]);

const DICT_RESULTS = nameTable<Value>([['items keys values', SAMPLES.list]]);

/** A value of the type that a method answers; undefined where that is not known. */
export function methodResult(self: Value, name: string): Value | undefined {
  if (typeof self === 'string') return STRING_RESULTS.get(name);
  return self === SAMPLES.dict ? DICT_RESULTS.get(name) : undefined;
}
