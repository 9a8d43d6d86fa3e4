/** Code whose errors somebody waits for, now or after it was suspended. */
import type { StarlarkError } from '../error.js';
import { PENDING } from '../values/index.js';
import type { Completion } from './completion.js';
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';

type Run = (frame: Frame) => Completion;

/**
 * Runs `run`; then `then` goes on with how it completed, or `caught` with the error that ended it, if a
 * script may catch that one. Both are outside of the protection.
 */
export function protectedRun(
  machine: Machine,
  run: Run,
  then: (frame: Frame, completion: Completion) => Completion,
  caught: (frame: Frame, error: StarlarkError) => Completion,
): Run {
  return (frame) => {
    const { depth } = machine;
    let completion: Completion;
    try {
      completion = run(frame);
    } catch (error) {
      if (!machine.catches(error)) throw error;
      machine.recover(depth);
      return caught(frame, error);
    }
    if (completion !== PENDING) return then(frame, completion);
    return machine.unwind({
      resume: (later) => then(frame, later),
      fail: (error) => {
        if (!machine.catches(error)) throw error;
        machine.backAt(depth);
        return caught(frame, error);
      },
    });
  };
}
