/** `del x[i], y[low:high]`. */
import type { DelStatement, Expression } from '../syntax/tree.js';
import { deleteIndex, deleteSlice } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import { blockCode } from './block.js';
import { constant } from './code.js';
import type { StatementCode } from './code.js';
import type { Compiler } from './compiler.js';
import { discarded } from './discard.js';
import { located } from './failure.js';
import { withOperands } from './operands.js';

type Target = DelStatement['targets'][number];

/** One after another: the parts of a target are evaluated when it is its turn. */
export function delCode(compiler: Compiler, node: DelStatement): StatementCode {
  return blockCode(
    compiler.machine,
    node.targets.map((target) => targetCode(compiler, target)),
  );
}

function targetCode(compiler: Compiler, target: Target): StatementCode {
  const { machine, budget } = compiler;
  const parts = partsOf(target).map((part) => (part === null ? constant(null) : compiler.expression(part)));
  const remove = target.kind === 'index' ? removeElement : removeSlice;
  const code = withOperands(machine, parts, (values) => {
    try {
      remove(budget, values);
      return null;
    } catch (error) {
      throw located(error, target.at);
    }
  });
  return discarded(machine, code);
}

function partsOf(target: Target): readonly (Expression | null)[] {
  return target.kind === 'index'
    ? [target.object, target.index]
    : [target.object, target.low, target.high, target.step];
}

function removeElement(budget: Budget, [x, i]: readonly Value[]): void {
  deleteIndex(budget, x!, i!);
}

function removeSlice(budget: Budget, [x, low, high, step]: readonly Value[]): void {
  deleteSlice(budget, x!, low!, high!, step!);
}
