/**
 * What errors count as in `except`: the classes of Python that a script may name, and `ToolError`. Classes
 * are names in a table here, not values that scripts make more of.
 */

/** Each class with the one that it is a kind of. */
const PARENTS = {
  BaseException: null,
  Exception: 'BaseException',
  ArithmeticError: 'Exception',
  OverflowError: 'ArithmeticError',
  ZeroDivisionError: 'ArithmeticError',
  AssertionError: 'Exception',
  AttributeError: 'Exception',
  LookupError: 'Exception',
  IndexError: 'LookupError',
  KeyError: 'LookupError',
  NameError: 'Exception',
  UnboundLocalError: 'NameError',
  OSError: 'Exception',
  IOError: 'OSError',
  ConnectionError: 'OSError',
  FileNotFoundError: 'OSError',
  PermissionError: 'OSError',
  TimeoutError: 'OSError',
  RuntimeError: 'Exception',
  NotImplementedError: 'RuntimeError',
  ToolError: 'RuntimeError',
  StopIteration: 'Exception',
  TypeError: 'Exception',
  ValueError: 'Exception',
  JSONDecodeError: 'ValueError',
} as const;

/** A class of errors. */
export type ErrorClassName = keyof typeof PARENTS;

/** All classes, those before those that are kinds of them. */
export const ERROR_CLASSES: readonly ErrorClassName[] = Object.keys(PARENTS) as ErrorClassName[];

const LINEAGES: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  ERROR_CLASSES.map((name) => [name, new Set(lineage(name))]),
);

/** Whether there is a class of this name. */
export function isErrorClass(name: string): name is ErrorClassName {
  return LINEAGES.has(name);
}

/** Whether errors of the class `name` are errors of the class `wanted`, too. */
export function isKindOf(name: ErrorClassName, wanted: string): boolean {
  return LINEAGES.get(name)!.has(wanted);
}

function* lineage(name: ErrorClassName): Iterable<string> {
  for (let each: ErrorClassName | null = name; each !== null; each = PARENTS[each]) yield each;
}

/** The class of an error by its code, where nobody said more. */
export function classOfCode(code: string): ErrorClassName {
  return BY_CODE.get(code) ?? (isToolCode(code) ? 'ToolError' : 'TypeError');
}

/** Whether a code says that a tool, or the server behind it, failed. */
export function isToolCode(code: string): boolean {
  return code.startsWith('tool/') || code.startsWith('backend/');
}

const BY_CODE: ReadonlyMap<string, ErrorClassName> = new Map([
  ['tool/timeout', 'TimeoutError'],
  ['tool/denied', 'PermissionError'],
  ['backend/unavailable', 'ConnectionError'],
]);
