/** Storing what an expression gives: the common end of assignments and definitions. */
import { PENDING } from '../values/index.js';
import { action, statement } from './code.js';
import type { ExpressionCode, StatementCode } from './code.js';
import type { Compiler } from './compiler.js';
import type { Completion } from './completion.js';
import type { Frame } from './frame.js';
import type { Target } from './target.js';

/** Evaluates, then stores. */
export function storing(compiler: Compiler, value: ExpressionCode, target: Target): StatementCode {
  const weight = value.weight + target.weight + 1;
  const { place, assign } = target;
  if (value.suspends || target.suspends) {
    return statement(weight, { suspends: true, abrupt: false }, storeLater(compiler, value, target));
  }
  const { run } = value;
  if (place > 0) return action(weight, (frame) => void (frame[place] = run(frame)));
  return action(weight, (frame) => void assign(frame, run(frame)));
}

function storeLater(compiler: Compiler, value: ExpressionCode, target: Target): (frame: Frame) => Completion {
  const { machine } = compiler;
  const { run } = value;
  const { place, assign } = target;
  return (frame) => {
    const result = run(frame);
    if (result === PENDING) return machine.later(assign, frame);
    if (place === 0) return assign(frame, result);
    frame[place] = result;
    return undefined;
  };
}
