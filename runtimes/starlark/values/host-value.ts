/** Values of the host's own kinds. */
import { Mutable } from './value.js';
import type { Value } from './value.js';

/**
 * A value of a kind that the host makes. Scripts see its fields, and change them where the host lets them;
 * a kind may also take part in operators. What it does must be bounded: no budget watches it.
 */
export abstract class HostValue extends Mutable {
  /** The names of its fields, in order. */
  abstract fields(): Iterable<string>;
  /** A field; undefined where there is none. */
  abstract field(name: string): Value | undefined;

  /** Assigns a field; what it throws is the script's error. A frozen value is never asked. */
  abstract assign(name: string, value: Value): void;

  /** `this operator other`, or the other way round; undefined where it has no such operator. */
  abstract operate(operator: string, other: Value, side: 'left' | 'right'): Value | undefined;
}
