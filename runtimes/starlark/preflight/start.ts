/** Where the text of an expression begins: `at` of many is an operator or a bracket. */
import type { Expression } from '../syntax/tree.js';

/** The offset of the first sign, as far as the tree tells: brackets around a part are not in it. */
export function startOf(expression: Expression): number {
  let node = expression;
  for (;;) {
    const first = firstPart(node);
    if (first === null) return node.at;
    node = first;
  }
}

function firstPart(node: Expression): Expression | null {
  switch (node.kind) {
    case 'binary':
    case 'logical':
      return node.left;
    case 'call':
      return node.callee;
    case 'index':
    case 'slice':
    case 'dot':
      return node.object;
    case 'conditional':
      return node.whenTrue;
    default:
      return null;
  }
}
