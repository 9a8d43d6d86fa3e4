/**
 * Habits of Python and its neighbours that are not in this language: what was met, and the way to write
 * it here. Looked at only when the parser is about to fail.
 */
import type { Hint } from './hint.js';
import type { Token } from './token.js';
import type { Dialect } from './dialect.js';

/** What to say of a habit. */
export interface Habit {
  /** Completes "script: …". */
  readonly message: string;
  readonly hint: Hint;
}

/** A row of the table of marks. */
interface MarkHabit extends Habit {
  readonly token: Token;
  /** Source text that holds the token, and how far before the token it begins; any text if absent. */
  readonly text?: string;
  readonly back?: number;
  /** Only where an operand is wanted, or only where one is not; both if absent. */
  readonly operand?: boolean;
}

/** The way to write statements that a dialect lacks. */
export const INSTEAD = {
  try: 'write attempt(f, …): it answers a struct with ok, value and error',
  raise: 'write fail("message") to end the script with an error',
  del: 'write d.pop(key) or list.pop(index)',
  scope: 'return the value, or keep it in a dict or list',
  import: 'there is nothing to import: json, math and struct are names already',
} as const;

const TRY_COLUMN: Hint = {
  needs: 'exceptions',
  hint: 'write it behind the block of a try, in the column of that try',
  otherwise: INSTEAD.try,
};
const POWER: Hint = {
  needs: 'openUniverse',
  hint: 'write pow(x, y), or multiply',
  otherwise: 'multiply, or write math.pow(x, y), which answers a float',
};
const UNTYPED: Hint = {
  needs: 'annotations',
  hint: 'leave it out: annotations are read and ignored',
  otherwise: 'leave it out, and annotations too',
};
const OWN_LINE = 'write it in a line of its own';
const DEF = 'write a def: functions, dicts and struct(…) do what a class would';
const NO_AWAIT =
  'leave the word out: a call waits for its result; parallel([f, g]) runs calls at the same time';
const ARROW = 'write lambda x: …';
const IF_COLUMN = 'write it behind the block of an if, in the column of that if';
const COMMENT = 'a comment begins with #';

/** By the token at which parsing cannot go on; the first row that fits. */
const MARK_HABITS: readonly MarkHabit[] = [
  { token: 'except', message: "got 'except' without a try", hint: TRY_COLUMN },
  { token: 'finally', message: "got 'finally' without a try", hint: TRY_COLUMN },
  withinExpression('try', 'exceptions', INSTEAD.try),
  withinExpression('raise', 'exceptions', INSTEAD.raise),
  withinExpression('del', 'pythonStatements', INSTEAD.del),
  withinExpression('global', 'pythonStatements', INSTEAD.scope),
  withinExpression('nonlocal', 'pythonStatements', INSTEAD.scope),
  withinExpression('import', 'imports', INSTEAD.import),
  withinExpression('from', 'imports', INSTEAD.import),
  { token: 'class', message: 'there is no class statement', hint: DEF },
  {
    token: 'with',
    message: 'there is no with statement',
    hint: 'call what you need: nothing is to be closed here',
  },
  { token: 'async', message: 'there is no async', hint: NO_AWAIT },
  { token: 'await', message: 'there is no await', hint: NO_AWAIT },
  {
    token: 'yield',
    message: 'there is no yield: functions are no generators',
    hint: 'append to a list, and return it',
  },
  { token: 'is', message: "there is no operator 'is'", hint: 'compare with == or !=' },
  { token: 'as', message: "there is no 'as'", hint: 'write x = …' },
  {
    token: ':',
    text: ':=',
    message: "there is no operator ':='",
    hint: 'assign in a statement of its own, before',
  },
  { token: '=', text: '===', back: 2, message: "there is no operator '==='", hint: 'compare with ==' },
  { token: '=', text: '!==', back: 2, message: "there is no operator '!=='", hint: 'compare with !=' },
  { token: '>', text: '=>', back: 1, message: "there is no '=>'", hint: ARROW },
  { token: '>', text: '<>', back: 1, message: "there is no operator '<>'", hint: 'compare with !=' },
  { token: '&', text: '&&', back: 1, message: "there is no operator '&&'", hint: 'write `and`' },
  { token: '|', text: '||', back: 1, message: "there is no operator '||'", hint: 'write `or`' },
  { token: '!', message: "there is no operator '!'", hint: 'write `not x`' },
  { token: '/', text: '//', message: "there is no comment '//'", hint: COMMENT, operand: true },
  { token: '//', message: "there is no comment '//'", hint: COMMENT, operand: true },
  { token: '*', text: '/*', back: 1, message: "there is no comment '/*'", hint: COMMENT },
  { token: '/', text: '/*', message: "there is no comment '/*'", hint: COMMENT, operand: true },
  {
    token: '*',
    message: 'there is no unpacking with * here',
    hint: 'join lists with +; take the rest of one with a slice',
    operand: true,
  },
  {
    token: '**',
    message: 'there is no unpacking with ** here',
    hint: 'join dicts with a | b',
    operand: true,
  },
  {
    token: '**',
    message: "there is no operator '**'",
    hint: POWER,
    operand: false,
  },
  { token: '**=', message: "there is no operator '**='", hint: POWER },
  { token: '@', message: "there is no operator '@'", hint: 'write the loops out' },
  { token: '?', message: "there is no operator '?'", hint: 'write a if condition else b' },
  {
    token: '$',
    message: "there is no '$'",
    hint: {
      needs: 'formatStrings',
      hint: 'a name stands alone; text with values in it is an f-string: f"{x}"',
      otherwise: 'a name stands alone; text with values in it is "{}".format(x)',
    },
  },
  { token: '`', message: 'there are no backquotes', hint: 'send the text of the script alone' },
  { token: '->', message: "there is no '->' here", hint: ARROW },
  {
    token: '{',
    message: 'there are no blocks in braces',
    hint: 'end the line with : and indent the block',
    operand: false,
  },
  {
    token: '=',
    message: 'there is no assignment within an expression',
    hint: 'compare with ==; assign in a statement of its own',
  },
  { token: '.', text: '...', message: "there is no '...'", hint: 'write pass for an empty block' },
  { token: 'for', message: 'a comprehension stands in brackets', hint: 'write [… for …]', operand: false },
  { token: 'elif', message: "got 'elif' without an if", hint: IF_COLUMN, operand: true },
  { token: 'else', message: "got 'else' without an if", hint: IF_COLUMN, operand: true },
  {
    token: 'indent',
    message: 'got an indented line that no block begins',
    hint: 'begin it in the column of the line above',
  },
];

/** A word that begins a statement in some dialects, met where no statement begins. */
function withinExpression(token: Token, needs: keyof Dialect, otherwise: string): MarkHabit {
  return {
    token,
    message: `got '${token}' within an expression`,
    hint: { needs, hint: OWN_LINE, otherwise },
  };
}

/** By a name that begins a statement and is not followed as a name can be. */
const NAME_HABITS: ReadonlyMap<string, Habit> = new Map([
  ['print', { message: 'there is no print statement', hint: 'write print(…)' }],
  ['match', { message: 'there is no match statement', hint: 'write if, elif, else' }],
  ['switch', { message: 'there is no switch statement', hint: 'write if, elif, else' }],
  ['case', { message: 'there is no case clause', hint: 'write if, elif, else' }],
  ['assert', { message: 'there is no assert statement', hint: 'write if not condition: fail("message")' }],
  ['exec', { message: 'there is no exec statement', hint: 'call functions: text is never run' }],
  ['let', { message: "there is no 'let'", hint: 'write x = …' }],
  ['const', { message: "there is no 'const'", hint: 'write x = …' }],
  ['var', { message: "there is no 'var'", hint: 'write x = …' }],
  ['function', { message: "there is no 'function'", hint: 'write def f(x): …' }],
  ['func', { message: "there is no 'func'", hint: 'write def f(x): …' }],
  ['fn', { message: "there is no 'fn'", hint: 'write def f(x): …' }],
  ['throw', { message: 'there is no throw statement', hint: INSTEAD.raise }],
  ['catch', { message: 'there is no catch clause', hint: INSTEAD.try }],
  ['elseif', { message: "there is no 'elseif'", hint: 'write elif' }],
  ['foreach', { message: "there is no 'foreach'", hint: 'write for x in …' }],
  ['new', { message: "there is no 'new'", hint: 'call the function by its name' }],
  ['type', { message: 'there is no type statement', hint: UNTYPED }],
]);

/** The hint for a word of the language that was taken for a name. */
export function wordHint(word: string): string {
  return `as an argument it goes by **{"${word}": …}, as a field by getattr(x, "${word}") or x["${word}"]`;
}

/** Forms that the grammar itself recognises. */
export const FORM_HABITS = {
  elseIf: { message: "there is no 'else if'", hint: 'write elif' },
  loopElse: {
    message: 'there is no else after a loop',
    hint: 'set a variable before break, and test it after the loop',
  },
  filterFirst: {
    message: 'a condition without else stands before its loop',
    hint: 'write [x for x in y if condition]',
  },
  lambdaStatement: { message: 'a lambda holds one expression, not a statement', hint: 'write a def' },
  step: { message: "there are no operators '++' and '--'", hint: 'write x += 1' },
  errorClass: {
    message: 'there is no class statement',
    hint: 'raise an error that is there: raise ValueError("…") or RuntimeError("…")',
  },
  exceptAfterAll: {
    message: 'got an except after one that catches every error',
    hint: 'write the one without a class last',
  },
  importAll: { message: "there is no 'import *'", hint: 'name what you use: from math import sqrt, floor' },
  decorator: {
    message: 'there are no decorators',
    hint: 'call the function on the result: f = decorator(f)',
  },
  chainedAssignment: {
    message: 'there is one assignment in a statement',
    hint: 'write one line for each name',
  },
  twoStrings: { message: 'got two strings side by side', hint: 'join them with +' },
  positionalOnly: { message: "there is no '/' among parameters", hint: 'leave it out' },
} satisfies Record<string, Habit>;

const AS_CALLS = 'tools answer when they are called: write it without async';

/** By what follows `async`. */
export const ASYNC_HABITS: ReadonlyMap<Token, Habit> = new Map([
  ['for', { message: "there is no 'async for'", hint: AS_CALLS }],
  ['with', { message: "there is no 'async with'", hint: AS_CALLS }],
]);

/** The habit behind a token at which parsing cannot go on, if it is a known one. */
export function habitAt(source: string, token: Token, at: number, operand: boolean): Habit | undefined {
  if (operand && /(\+\+|--)[^\S\r\n]*$/.test(source.slice(Math.max(0, at - 80), at))) return FORM_HABITS.step;
  return MARK_HABITS.find(
    (row) =>
      row.token === token &&
      (row.operand ?? operand) === operand &&
      (row.text === undefined || source.startsWith(row.text, at - (row.back ?? 0))),
  );
}

/** The habit behind a statement that begins with a name. */
export function habitOfName(name: string): Habit | undefined {
  return NAME_HABITS.get(name);
}
