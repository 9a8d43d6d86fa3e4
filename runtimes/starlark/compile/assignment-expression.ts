/** `name := value`. */
import type { AssignmentExpression } from '../syntax/tree.js';
import { PENDING } from '../values/index.js';
import type { Value } from '../values/index.js';
import { suspending } from './code.js';
import type { ExpressionCode } from './code.js';
import type { Compiler } from './compiler.js';
import type { Frame } from './frame.js';
import { targetOf } from './target.js';

/**
 * Stores the value, and is it. It counts as suspending also where its value is plain, so that no node
 * around it reads a variable later than its turn.
 */
export function assignmentExpressionCode(compiler: Compiler, node: AssignmentExpression): ExpressionCode {
  const { machine } = compiler;
  const value = compiler.expression(node.value);
  const target = targetOf(compiler, node.target, node.at);
  const { run } = value;
  const { assign } = target;
  const store = (frame: Frame, result: Value): Value => {
    assign(frame, result);
    return result;
  };
  return suspending(value.weight + target.weight + 1, (frame) => {
    const result = run(frame);
    return result === PENDING ? machine.later(store, frame) : store(frame, result);
  });
}
