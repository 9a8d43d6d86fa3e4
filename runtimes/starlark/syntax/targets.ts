/** What may be assigned to. */
import { syntaxError } from './syntax-error.js';
import type { Expression } from './tree.js';

const KINDS: Readonly<Record<Expression['kind'], string>> = {
  identifier: 'a name',
  index: 'an element',
  dot: 'a field',
  star: 'a *',
  literal: 'a literal',
  'format-string': 'a format string',
  list: 'a list',
  tuple: 'a tuple',
  set: 'a set',
  dict: 'a dict',
  unary: 'an operation',
  binary: 'an operation',
  logical: 'an operation',
  conditional: 'a conditional expression',
  slice: 'a slice',
  call: 'a call',
  lambda: 'a lambda',
  comprehension: 'a comprehension',
  'comparison-chain': 'an operation',
  assignment: 'an assignment',
};

/** Fails unless the expression is a name, an index, a field, or a list or tuple of these. */
export function checkTarget(target: Expression, part: string): void {
  if (target.kind === 'list' || target.kind === 'tuple') {
    checkStars(target.elements, part);
    for (const element of target.elements) {
      checkTarget(element.kind === 'star' ? element.value : element, part);
    }
  } else {
    checkSingleTarget(target, part);
  }
}

function checkStars(elements: readonly Expression[], part: string): void {
  const [, second] = elements.filter(({ kind }) => kind === 'star');
  if (second !== undefined)
    throw syntaxError(second.at, `${part}: got a second *, want one that takes the rest`);
}

/** Fails unless the expression is a name, an index or a field. */
export function checkSingleTarget(target: Expression, part: string): void {
  const { kind } = target;
  if (kind === 'identifier' || kind === 'index' || kind === 'dot') return;
  if (kind === 'star') {
    throw syntaxError(target.at, `${part}: got a * alone, want other targets beside it`, 'write *x, = y');
  }
  throw syntaxError(
    target.at,
    `${part}: got ${kindOf(target)}, want a name, an index or a field to assign to`,
  );
}

/** What an expression is, for an error to name it. */
export function kindOf({ kind }: Expression): string {
  return KINDS[kind];
}
