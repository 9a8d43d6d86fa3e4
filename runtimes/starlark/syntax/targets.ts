/** What may be assigned to. */
import type { StarlarkError } from '../error.js';
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

/** Notes each part that is no name, index or field, nor a list or tuple of these. */
export function checkTarget(target: Expression, part: string, faults: StarlarkError[]): void {
  if (target.kind === 'list' || target.kind === 'tuple') {
    checkStars(target.elements, part, faults);
    for (const element of target.elements) {
      checkTarget(element.kind === 'star' ? element.value : element, part, faults);
    }
  } else {
    checkSingleTarget(target, part, faults);
  }
}

function checkStars(elements: readonly Expression[], part: string, faults: StarlarkError[]): void {
  const [, second] = elements.filter(({ kind }) => kind === 'star');
  if (second !== undefined)
    faults.push(syntaxError(second.at, `${part}: got a second *, want one that takes the rest`));
}

/** Notes an expression that is no name, index or field. */
export function checkSingleTarget(target: Expression, part: string, faults: StarlarkError[]): void {
  const { kind, at } = target;
  if (kind === 'identifier' || kind === 'index' || kind === 'dot') return;
  if (kind === 'star') {
    faults.push(syntaxError(at, `${part}: got a * alone, want other targets beside it`, 'write *x, = y'));
  } else {
    const want = 'want a name, an index or a field to assign to';
    faults.push(syntaxError(at, `${part}: got ${kindOf(target)}, ${want}`));
  }
}

/** What an expression is, for an error to name it. */
export function kindOf({ kind }: Expression): string {
  return KINDS[kind];
}
