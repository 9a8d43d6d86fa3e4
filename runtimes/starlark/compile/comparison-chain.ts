/** `a < b <= c …`: each operand is evaluated once, and none after a comparison that fails. All of them weigh. */
import type { ComparisonChain } from '../syntax/tree.js';
import { PENDING, truth } from '../values/index.js';
import type { Eventual, Value } from '../values/index.js';
import { binaryForms } from './binary.js';
import { plain, suspending } from './code.js';
import type { ExpressionCode } from './code.js';
import type { Compiler } from './compiler.js';
import type { Frame } from './frame.js';
import { Operation } from './operation.js';

/** The value of the first comparison that fails, or of the last. A loop: no stack grows with the chain. */
export function comparisonChainCode(compiler: Compiler, node: ComparisonChain): ExpressionCode {
  const { machine, budget } = compiler;
  const first = compiler.expression(node.first);
  const links = node.links.map(({ operator, operand, at }) => {
    const { forms, operate } = binaryForms(operator);
    const right = compiler.expression(operand);
    return { right, apply: forms.values(new Operation(budget, first, right, operate, at)) };
  });
  const weight = links.reduce((sum, { right }) => sum + right.weight + 1, first.weight);
  const last = links.length - 1;
  const from = (frame: Frame, left: Value, start: number): Eventual => {
    let x = left;
    for (let i = start; ; i++) {
      const { right, apply } = links[i]!;
      const y = right.run(frame);
      if (y === PENDING) return machine.later(goOn, frame, x, i);
      const holds = apply(x, y);
      if (i === last || !truth(holds)) return holds;
      x = y;
    }
  };
  const goOn = (frame: Frame, x: Value, i: number, y: Value): Eventual => {
    const holds = links[i]!.apply(x, y);
    return i < last && truth(holds) ? from(frame, y, i + 1) : holds;
  };
  const begin = (frame: Frame, x: Value): Eventual => from(frame, x, 0);
  if (first.suspends || links.some(({ right }) => right.suspends)) {
    return suspending(weight, (frame) => {
      const x = first.run(frame);
      return x === PENDING ? machine.later(begin, frame) : begin(frame, x);
    });
  }
  const { run } = first;
  return plain(weight, (frame) => from(frame, run(frame), 0) as Value);
}
