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

/**
 * A builtin that makes values of a type, and stands for that type: it equals the type's name, and is the
 * same key. `members` are what it has under a dot.
 */
export class TypeBuiltin extends Builtin {
  constructor(
    maker: Builtin,
    readonly typeName: string,
    readonly members: ReadonlyMap<string, Value>,
  ) {
    super(maker.name, maker.body, false, undefined, maker.check);
  }
}
