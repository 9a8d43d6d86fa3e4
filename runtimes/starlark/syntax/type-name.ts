/** `type(x).__name__` and `x.__class__.__name__`: here the type is its name already. */
import type { Expression } from './tree.js';

/** The expression without the `.__name__` behind it; null where what stands before is no type. */
export function namedType(object: Expression): Expression | null {
  if (object.kind === 'call') {
    const { callee, positional } = object;
    return callee.kind === 'identifier' && callee.name === 'type' && positional.length === 1 ? object : null;
  }
  if (object.kind !== 'dot' || object.name !== '__class__') return null;
  const { at } = object;
  const callee: Expression = { kind: 'identifier', at, name: 'type', binding: null };
  return { kind: 'call', at, callee, positional: [object.object], named: [] };
}
