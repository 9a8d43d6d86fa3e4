/** Calls and comparisons that read like Python, and mean something else here: what is wrong, and the way to write it. */
import { isErrorClass } from '../error-class.js';
import { nameTable } from '../name-table.js';
import { nearestName } from '../nearest-name.js';
import type { CallExpression, Expression } from '../syntax/tree.js';

/** What is wrong at a place. */
export interface Misuse {
  readonly at: number;
  readonly message: string;
  readonly hint: string;
}

/** What `type` answers. */
const TYPE_NAMES = [
  ...['NoneType', 'bool', 'int', 'float', 'string', 'bytes', 'list', 'tuple', 'dict', 'set', 'range'],
  ...['struct', 'module', 'function', 'builtin_function_or_method', 're.Pattern', 're.Match'],
];

function isTypeName(name: string): boolean {
  return TYPE_NAMES.includes(name) || isErrorClass(name);
}

/** What other languages call the types. */
const FOREIGN_TYPES = nameTable([
  ['str text unicode', 'string'],
  ['None null none nil undefined', 'NoneType'],
  ['array Array', 'list'],
  ['object map', 'dict'],
  ['number integer long', 'int'],
]);

/** `is` between values of which neither is the same as all that equal it. */
export function identityMisuse(
  at: number,
  operator: string,
  left: Expression,
  right: Expression,
): Misuse | null {
  if ((operator !== 'is' && operator !== 'is not') || isSingle(left) || isSingle(right)) return null;
  return {
    at,
    message: `operator: got ${operator} between two values, want None, True, False or type(x) on one side`,
    hint: `compare with ${operator === 'is' ? '==' : '!='}`,
  };
}

/** The names whose values are equal to themselves only. */
const SINGLES: ReadonlySet<string> = new Set(['None', 'True', 'False', 'null', 'true', 'false']);

function isSingle(operand: Expression): boolean {
  if (operand.kind === 'identifier') return SINGLES.has(operand.name);
  return operand.kind === 'call' && operand.callee.kind === 'identifier' && operand.callee.name === 'type';
}

/** `next` of anything but a generator expression. */
export function nextMisuse({ at, callee, positional }: CallExpression): Misuse | null {
  const [first] = positional;
  if (!isUniversal(callee, 'next') || first === undefined || first.kind === 'star') return null;
  if (first.kind === 'comprehension' && first.generator) return null;
  return {
    at,
    message: 'next: got no generator expression, want one written in place',
    hint: 'there are no iterators: write x[0], a loop, or next((y for y in x if …), None)',
  };
}

/** `type(x) == "str"`: a comparison of a type with a text that is the name of none. */
export function typeMisuses(left: Expression, right: Expression): Misuse[] {
  const compared = isTypeCall(left) ? right : isTypeCall(right) ? left : null;
  if (compared === null) return [];
  const names = compared.kind === 'tuple' || compared.kind === 'list' ? compared.elements : [compared];
  return names.flatMap((name) => typeNameMisuse(name) ?? []);
}

function typeNameMisuse(name: Expression): Misuse | null {
  if (name.kind !== 'literal' || typeof name.value !== 'string' || isTypeName(name.value)) return null;
  const meant = FOREIGN_TYPES.get(name.value) ?? nearestName(name.value, TYPE_NAMES);
  return {
    at: name.at,
    message: `type: got a name that no type has${meant === undefined ? '' : ` (did you mean "${meant}"?)`}`,
    hint: 'compare type(x) with a type: type(x) == str, or isinstance(x, (int, str))',
  };
}

function isTypeCall(node: Expression): boolean {
  return node.kind === 'call' && isUniversal(node.callee, 'type');
}

function isUniversal(node: Expression, name: string): boolean {
  return node.kind === 'identifier' && node.name === name && node.binding?.kind === 'universal';
}
