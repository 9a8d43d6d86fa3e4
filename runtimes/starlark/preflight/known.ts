/** What preflight is told of the surroundings of a script. */
import type { MethodBody, Value } from '../values/index.js';

/** The names and methods that a script finds. */
export interface Known {
  /** What the host gives under a name, in every run. */
  predeclared(name: string): Value | undefined;
  /** What the language has under a name. */
  universal(name: string): Value | undefined;
  method(value: Value, name: string): MethodBody | undefined;
  methodNames(value: Value): readonly string[];
  /** Whether a value of this type may have a field of this name. */
  mayHaveField(value: Value, name: string): boolean;
  /** The way to write what other languages have, by the name of the member. */
  readonly memberHints: ReadonlyMap<string, string>;
}
