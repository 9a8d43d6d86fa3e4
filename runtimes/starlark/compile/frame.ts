/**
 * Frames: where a running function keeps its variables.
 *
 * A frame is `[up, variable 0, variable 1, …, hidden slots]`: `up` is the frame of the function around
 * it, so that a free variable is a number of steps up and a place. Frames are made at their final size
 * and never grow; a slot is `undefined` while its variable is unbound.
 */
import type { Variable } from '../syntax/tree.js';
import type { Value } from '../values/index.js';

/** What a frame holds: the frame around it in place 0, else a value or nothing yet. */
export type Slot = Value | Frame | undefined;
/** The variables of one call. */
export type Frame = Slot[];

/** Makes a frame around the first arguments; those left out are unbound. */
export type FrameMaker = (up: Frame, a?: Value, b?: Value, c?: Value, d?: Value) => Frame;

/** A variable's place in its frame. */
export function placeOf(variable: Variable): number {
  return variable.slot + 1;
}

/** The frame so many functions out. */
export function frameAbove(frame: Frame, depth: number): Frame {
  let up = frame;
  for (let i = 0; i < depth; i++) up = up[0] as Frame;
  return up;
}

/** What makes the frames of a function with so many slots. */
export function frameMaker(slots: number): FrameMaker {
  return SMALL[slots] ?? largeFrame(slots);
}

const U = undefined;

/** By number of slots. Literals, because a frame built by literal is faster than any other. */
const SMALL: readonly FrameMaker[] = [
  (up) => [up],
  (up, a) => [up, a],
  (up, a, b) => [up, a, b],
  (up, a, b, c) => [up, a, b, c],
  (up, a, b, c, d) => [up, a, b, c, d],
  (up, a, b, c, d) => [up, a, b, c, d, U],
  (up, a, b, c, d) => [up, a, b, c, d, U, U],
  (up, a, b, c, d) => [up, a, b, c, d, U, U, U],
  (up, a, b, c, d) => [up, a, b, c, d, U, U, U, U],
  (up, a, b, c, d) => [up, a, b, c, d, U, U, U, U, U],
  (up, a, b, c, d) => [up, a, b, c, d, U, U, U, U, U, U],
  (up, a, b, c, d) => [up, a, b, c, d, U, U, U, U, U, U, U],
  (up, a, b, c, d) => [up, a, b, c, d, U, U, U, U, U, U, U, U],
];

function largeFrame(slots: number): FrameMaker {
  const template: Frame = [];
  while (template.length <= slots) template.push(undefined);
  return (up, a, b, c, d) => {
    const frame = template.slice();
    frame[0] = up;
    frame[1] = a;
    frame[2] = b;
    frame[3] = c;
    frame[4] = d;
    return frame;
  };
}
