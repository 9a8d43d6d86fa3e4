/** What functions and methods of the language answer, whatever they are given, unless they fail. */
import { SAMPLES } from '../values/index.js';
import type { Value } from '../values/index.js';

type TypeName = keyof typeof SAMPLES;

/** The results of functions, by name. */
export const FUNCTION_RESULTS = table([
  ['string', 'chr repr str type'],
  ['int', 'hash int len ord'],
  ['float', 'float'],
  ['bool', 'all any bool hasattr'],
  ['list', 'dir enumerate list reversed sorted zip'],
  ['tuple', 'tuple'],
  ['dict', 'dict'],
  ['set', 'set'],
]);

const STRING_RESULTS = table([
  ['string', 'capitalize format join lower lstrip replace rstrip strip title upper'],
  ['string', 'removeprefix removesuffix'],
  ['int', 'count find index rfind rindex'],
  ['bool', 'endswith startswith isalnum isalpha isdigit islower isspace istitle isupper'],
  ['list', 'rsplit split splitlines'],
]);

const DICT_RESULTS = table([['list', 'items keys values']]);

/** A value of the type that a method answers; undefined where that is not known. */
export function methodResult(self: Value, name: string): Value | undefined {
  if (typeof self === 'string') return STRING_RESULTS.get(name);
  return self === SAMPLES.dict ? DICT_RESULTS.get(name) : undefined;
}

function table(rows: readonly (readonly [type: TypeName, names: string])[]): ReadonlyMap<string, Value> {
  return new Map(
    rows.flatMap(([type, names]) => names.split(' ').map((name): [string, Value] => [name, SAMPLES[type]])),
  );
}
