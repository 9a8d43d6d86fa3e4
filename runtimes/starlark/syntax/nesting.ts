/** How deep a script may nest. */
import { StarlarkError } from '../error.js';

/**
 * Levels that a script may nest: the parser counts brackets, blocks, prefixes and right operands
 * within one another; the resolver counts the nodes from a statement down to its deepest part, where
 * each link of `a.b(c)[d]` is a level, and a chain of binary operators or of `elif` is one. A pass that
 * follows may thus walk the tree by recursion, if it walks those two kinds of chain with a loop.
 */
export const NESTING_LEVELS = 200;

/** The `limit/depth` error for what begins at an offset. */
export function nestingError(at: number): StarlarkError {
  return new StarlarkError('limit/depth', `script: more than ${NESTING_LEVELS} levels of nesting`, {
    at,
    hint: 'give parts of it names of their own',
  });
}
