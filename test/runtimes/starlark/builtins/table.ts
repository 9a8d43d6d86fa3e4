/** Tables of calls and their results, one a line: `source -> value` or `source !! error`. */
import { expect } from 'chai';
import { StarlarkError } from '../../../../runtimes/starlark/error.js';
import { Budget, repr } from '../../../../runtimes/starlark/values/index.js';
import type { Value } from '../../../../runtimes/starlark/values/index.js';
import { OPEN, evaluate } from './plain-evaluator.js';
import type { Scope } from './plain-evaluator.js';
import { LIMITS } from './plain-thread.js';

/**
 * One test for each line. The value is Starlark too, and compared as `repr` shows it. An error is the whole
 * message, or the code of an error that is no `script/runtime`.
 */
export function rows(table: string, scope: Scope = OPEN): void {
  for (const line of table.split('\n').map((line) => line.trim())) {
    if (line !== '' && !line.startsWith('#')) row(line, scope);
  }
}

function row(line: string, scope: Scope): void {
  const [, source = '', mark, expected = ''] = /^(.*?)\s+(->|!!)\s*(.*)$/.exec(line) ?? [];
  if (mark === undefined) throw new Error(`no row: ${line}`);
  it(line, () => {
    if (mark === '->') expect(shown(evaluate(source, scope))).to.equal(shown(evaluate(expected, scope)));
    else expect(faultOf(source, scope)).to.equal(expected);
  });
}

/** What the source ends with: its message, or its code where it is a limit's. */
export function faultOf(source: string, scope: Scope = OPEN): string {
  const { code, message } = errorOf(source, scope);
  return code === 'script/runtime' ? message : code;
}

/** The hint of the error that the source ends with. */
export function hintOf(source: string): string | undefined {
  return errorOf(source, OPEN).hint;
}

function errorOf(source: string, scope: Scope): StarlarkError {
  try {
    const value = shown(evaluate(source, scope));
    return new StarlarkError('script/runtime', `no error but ${value.slice(0, 100)}`);
  } catch (error) {
    if (error instanceof StarlarkError) return error;
    throw error;
  }
}

function shown(value: Value): string {
  return repr(new Budget(LIMITS), value);
}
