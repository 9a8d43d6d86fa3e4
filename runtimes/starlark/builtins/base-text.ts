/** `hex`, `oct`, `bin` and `format`, as Python has them: for the open dialect. */
import { chargeText, formatField, integerText } from '../values/index.js';
import type { Budget, Integer } from '../values/index.js';
import { builtin } from './definition.js';
import { anything, int, optional, required, string } from './parameter.js';

const x = required('x', int);

/** A row for each, by name. */
export const baseText = [
  builtin('bin', [x], ({ budget }, x) => prefixed(budget, x, '0b', 2)),
  builtin('format', [required('value', anything), optional('spec', string)], ({ budget }, value, spec = '') =>
    formatField(budget, value, '', spec),
  ),
  builtin('hex', [x], ({ budget }, x) => prefixed(budget, x, '0x', 16)),
  builtin('oct', [x], ({ budget }, x) => prefixed(budget, x, '0o', 8)),
];

function prefixed(budget: Budget, x: Integer, prefix: string, base: 2 | 8 | 16): string {
  const digits = integerText(budget, x, base);
  chargeText(budget, digits.length + prefix.length);
  return x < 0 ? `-${prefix}${digits.slice(1)}` : prefix + digits;
}
