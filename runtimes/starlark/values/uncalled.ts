/** A method that was named and not called, where its result was wanted. */
import { Builtin } from './builtin.js';
import { Dict } from './dict.js';
import type { Value } from './value.js';

/** The way to write it, for a value that is a bound method: a call, or the key of the dict that it hides. */
export function uncalledHint(value: Value): string | undefined {
  if (!(value instanceof Builtin) || value.self === undefined) return undefined;
  const { name, self } = value;
  return self instanceof Dict && self.getString(name) !== undefined
    ? `the method hides the key: write d["${name}"]`
    : `a method is called with parentheses: x.${name}(…)`;
}
