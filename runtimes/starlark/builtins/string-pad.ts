/** Methods of strings that fill them up, as Python has them: for the open dialect. */
import { runtimeError } from '../error.js';
import { TextBuilder, chargeScan, chargeText } from '../values/index.js';
import type { Budget, Thread } from '../values/index.js';
import { clamped } from './count.js';
import type { Integer } from '../values/index.js';

/** Fills up on the right. */
export function ljust({ budget }: Thread, text: string, width: Integer, fill = ' '): string {
  return padded(budget, text, 0, clamped(width) - text.length, fill);
}

/** Fills up on the left. */
export function rjust({ budget }: Thread, text: string, width: Integer, fill = ' '): string {
  return padded(budget, text, clamped(width) - text.length, 0, fill);
}

/** What is odd goes to the left if the width is odd, else to the right: as in Python. */
export function center({ budget }: Thread, text: string, width: Integer, fill = ' '): string {
  const missing = Math.max(0, clamped(width) - text.length);
  const left = Math.floor(missing / 2) + (missing % 2 === 1 && clamped(width) % 2 === 1 ? 1 : 0);
  return padded(budget, text, left, missing - left, fill);
}

/** Zeros go behind a sign. */
export function zfill({ budget }: Thread, text: string, width: Integer): string {
  const sign = /^[+-]/.test(text) ? text.charAt(0) : '';
  return sign + padded(budget, text.slice(sign.length), clamped(width) - text.length, 0, '0');
}

/** Columns begin anew after `\n` and `\r`. */
export function expandtabs({ budget }: Thread, text: string, tabsize: Integer = 8): string {
  chargeScan(budget, 4 * text.length);
  const size = Math.max(0, clamped(tabsize));
  const result = new TextBuilder(budget);
  let column = 0;
  for (const [piece] of text.matchAll(/[\t\n\r]|[^\t\n\r]+/g)) {
    budget.step(2);
    const width = piece === '\t' && size > 0 ? size - (column % size) : 0;
    if (piece === '\t') result.fill(' ', width);
    else result.add(piece);
    column = piece === '\n' || piece === '\r' ? 0 : column + (piece === '\t' ? width : piece.length);
  }
  return result.finish();
}

function padded(budget: Budget, text: string, left: number, right: number, fill: string): string {
  if (fill.length !== 1) throw runtimeError(`got a fill of ${fill.length} characters, want one`);
  const [before, after] = [Math.max(0, left), Math.max(0, right)];
  chargeText(budget, text.length + before + after);
  return fill.repeat(before) + text + fill.repeat(after);
}
