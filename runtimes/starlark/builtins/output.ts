/** `print` and `fail`. */
import { runtimeError } from '../error.js';
import { chargeText, str } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import { builtin } from './definition.js';
import { anything, keyword, orNone, rest, string } from './parameter.js';

const args = rest('args', anything);
const sep = keyword('sep', string);

/** A row for each, by name. */
export const output = [
  builtin('fail', [args, sep], ({ budget }, args, separator) => {
    throw runtimeError(`fail: ${lineOf(budget, args, separator)}`).as('RuntimeError');
  }),
  builtin('print', [args, sep], (thread, args, separator) => {
    thread.print(lineOf(thread.budget, args, separator));
    return null;
  }),
];

/** `print` with what Python's takes: the end of a line is one at any rate. */
export const openPrint = builtin(
  'print',
  [args, sep, keyword('end', orNone(string)), keyword('flush', anything)],
  (thread, args, separator, end) => {
    const line = lineOf(thread.budget, args, separator);
    thread.print(end === undefined || end === null || end === '\n' ? line : line + end.replace(/\n$/, ''));
    return null;
  },
);

function lineOf(budget: Budget, args: readonly Value[], separator = ' '): string {
  const texts = args.map((arg) => str(budget, arg));
  const units = texts.reduce((sum, text) => sum + text.length + separator.length, 0);
  chargeText(budget, units);
  return texts.join(separator);
}
