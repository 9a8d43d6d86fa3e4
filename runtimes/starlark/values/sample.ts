/** Glimpses asked as if they were values: of which type, and whether they can be called so. */
import { Builtin } from './builtin.js';
import { Dict } from './dict.js';
import type { CallFault, Glimpse, GlimpsedCall, GlimpsedValue } from './glimpse.js';
import { StarlarkSet } from './set.js';
import { Callable, Float, Func, List, Tuple } from './value.js';
import type { Value } from './value.js';

/** Some value of each type of which the text often tells nothing more. */
export const SAMPLES = {
  string: '',
  int: 0,
  bool: false,
  float: new Float(0),
  list: new List([]),
  tuple: new Tuple([]),
  dict: new Dict(),
  set: new StarlarkSet(),
  function: new (class extends Func {
    readonly name = 'function';
  })(),
} as const;

/** A value of the same type; undefined where that is not known. Of a mutable one the content says nothing. */
export function sampleOf(glimpse: GlimpsedValue): Value | undefined {
  switch (glimpse.kind) {
    case 'unknown':
      return undefined;
    case 'typed':
      return glimpse.sample;
    case 'value':
      return glimpse.value;
    case 'each':
      return SAMPLES.list;
    default:
      return SAMPLES[glimpse.kind];
  }
}

/** What is wrong with a call of this with these arguments. */
export function judge(callee: Glimpse, call: GlimpsedCall): readonly CallFault[] {
  if (callee.kind === 'function') return callee.check(call);
  return callee.kind === 'value' && callee.value instanceof Builtin ? (callee.value.check?.(call) ?? []) : [];
}

/** Whether it is certain that this cannot be called. */
export function isNoFunction(glimpse: Glimpse): boolean {
  const sample = sampleOf(glimpse);
  return sample !== undefined && !(sample instanceof Callable);
}
