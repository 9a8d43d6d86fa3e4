/**
 * What the text of a script tells of a value before it is computed, and of a call before it is made.
 *
 * Preflight makes glimpses of the arguments of a call; whoever makes a function may give it a
 * {@link CallCheck} that judges them. A check says only what is certain: where something is not known,
 * nothing is wrong with it.
 */
import type { StarlarkError } from '../error.js';
import type { Value } from './value.js';

/** What is known of one value; `at` is where it stands in the text. */
export type Glimpse = GlimpsedValue & { readonly at: number };

/** What is known of one value, wherever it stands. */
export type GlimpsedValue =
  | { readonly kind: 'unknown' }
  /** The type alone, shown by any value of it. */
  | { readonly kind: 'typed'; readonly sample: Value }
  /** The whole value; it never changes. */
  | { readonly kind: 'value'; readonly value: Value }
  | { readonly kind: 'list' | 'tuple'; readonly items: readonly Glimpse[] }
  /** A list of any number of such items. */
  | { readonly kind: 'each'; readonly item: Glimpse }
  | { readonly kind: 'dict'; readonly entries: readonly (readonly [key: Glimpse, value: Glimpse])[] }
  /** A function of the script. */
  | { readonly kind: 'function'; readonly check: CallCheck };

/** What is known of the arguments of one call. */
export interface GlimpsedCall {
  /** The positional ones, then one for each of `names`. */
  readonly args: readonly Glimpse[];
  readonly names: readonly string[];
  /** Whether `*args` or `**kwargs` may bring more. */
  readonly more: boolean;
}

/** Something that is wrong with a call. */
export interface CallFault {
  readonly error: StarlarkError;
  /** The argument at fault; absent where it is the call as a whole. */
  readonly argument?: Glimpse;
}

/** Everything that is certainly wrong with a call. */
export type CallCheck = (call: GlimpsedCall) => readonly CallFault[];
