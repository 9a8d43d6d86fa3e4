/** What scripts compute with: the classes, and the union of them all. */
import type { StarlarkError } from '../error.js';

/**
 * A value of a script.
 *
 * | Starlark | here |
 * | --- | --- |
 * | NoneType, bool, string | `null`, `boolean`, `string` (UTF-16 units) |
 * | int | `number` within ±(2^53−1), else `bigint`; always the smaller form |
 * | float | {@link Float}: 1 and 1.0 stay different types that compare equal |
 * | bytes, list, tuple, dict, set, range, struct, module, function, builtin | a class each |
 *
 * Dict, StarlarkSet, HostValue and Builtin have files of their own, and functions of the script are the compiler's;
 * the union names their bases, `Mutable` and `Callable`, so that no file imports in a ring.
 *
 * `undefined` and other JavaScript values are never script values. No text of a script ever indexes a
 * JavaScript object: attributes and methods are looked up in Maps.
 */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Float
  | Bytes
  | Tuple
  | Range
  | Struct
  | Module
  | Mutable
  | Callable;

/** A double; `-0.0`, the infinities and NaN included. */
export class Float {
  constructor(readonly value: number) {}
}

/** Immutable: nobody writes to the data once it is a value. */
export class Bytes {
  constructor(readonly data: Uint8Array) {}
}

/** A mutable collection: may be frozen, and may not change while it is iterated over. */
export abstract class Mutable {
  frozen = false;
  /** How many loops run over it now. */
  iterators = 0;
  /** As `type` and error messages name it. */
  abstract get typeName(): string;
}

/** A list. Whoever changes the items asks `checkMutable` first. */
export class List extends Mutable {
  constructor(readonly items: Value[]) {
    super();
  }

  get typeName(): string {
    return 'list';
  }
}

/** A tuple: the items never change, what they hold may. */
export class Tuple {
  constructor(readonly items: readonly Value[]) {}
}

/** `range(start, stop, step)`; all three are safe integers, and so is `length`. */
export class Range {
  constructor(
    readonly start: number,
    readonly stop: number,
    readonly step: number,
    readonly length: number,
  ) {}
}

/** `struct(a = 1)`: fields in the order given; immutable itself. */
export class Struct {
  constructor(readonly fields: ReadonlyMap<string, Value>) {}
}

/** What stands behind the dot of a module; a Map will do. */
export interface Members {
  get(name: string): Value | undefined;
  keys(): Iterable<string>;
  values(): Iterable<Value>;
}

/** A named collection of functions and constants, e.g. `json`. */
export class Module {
  constructor(
    readonly name: string,
    readonly members: Members,
    /** The error for a name that is not among the members, where there is more to say than that. */
    readonly missing?: (name: string) => StarlarkError,
  ) {}
}

/** Whatever can be called: a Builtin, or a function of the script. */
export abstract class Callable {
  abstract readonly name: string;
}

/** A function of the script. How it holds its values is the compiler's business. */
export abstract class Func extends Callable {
  /** Its defaults, and the values of the variables of outer functions that it reads. */
  held(): Iterable<Value> {
    return [];
  }
}
