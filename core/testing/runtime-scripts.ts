/** The scripts that a runtime's author hands in, by what they are for. */
import type { Json } from '../json.js';

/**
 * Scripts of one language, for two tools: `echo` answers its argument `text`, and `fail` fails. What the language
 * cannot say is left out, and so are the checks that need it.
 */
export interface RuntimeScripts {
  /** Scripts and what they answer; one at least. */
  readonly answers: readonly (readonly [script: string, value: Json])[];
  /** Answers the value of `given` in the data. */
  readonly givesBack?: string;
  /** Calls `echo` with `given` as `text`, and answers what it answered. */
  readonly calls?: string;
  /** Calls `echo` with `given` twice, one call after the other. */
  readonly callsTwice?: string;
  /** Calls `echo` with `a`, `b` and `c` at the same time, and answers their answers in this order. */
  readonly fansOut?: string;
  /** Calls `fail`, and answers `caught` whatever it can catch. */
  readonly catches?: string;
  /** Prints `given`, which is a text. */
  readonly prints?: string;
  /** Tells that 1 of 2 is done. */
  readonly reports?: string;
  /** Looks for tools that fit `given`, which is a text. */
  readonly finds?: string;
  /** Leaves a mark wherever a later run might find it, `data` too, and answers whether it found one: `false`. */
  readonly remembers?: string;
  /** Is no script of the language. */
  readonly unreadable?: string;
  /** Fails by itself. */
  readonly fails?: string;
  /** Computes for ever. */
  readonly loops?: string;
  /** Calls itself for ever. */
  readonly recurses?: string;
  /** Keeps more and more. */
  readonly hoards?: string;
}
