/** Functions of the host or of the language; bound methods too. */
import { Callable } from './value.js';
import type { CallCheck } from './glimpse.js';
import type { Value } from './value.js';
import type { BuiltinBody } from './thread.js';

/** A callable whose body is JavaScript. */
export class Builtin extends Callable {
  constructor(
    readonly name: string,
    readonly body: BuiltinBody,
    /** Whether it may wait or call back into the script; false lets calls of it be compiled plainly. */
    readonly suspends = false,
    /** The value that a bound method belongs to; shown by `str`. */
    readonly self?: Value,
    /** What is wrong with a call of it, as far as the text alone tells. */
    readonly check?: CallCheck,
  ) {
    super();
  }
}
