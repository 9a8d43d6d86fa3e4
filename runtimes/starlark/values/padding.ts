/** Signs, digits in groups, and filling up to a width. */
import type { Budget } from './budget.js';
import { chargeText } from './cost.js';
import type { FormatSpec } from './format-spec.js';

/** The sign that stands before a number. */
export function signOf(negative: boolean, spec: FormatSpec): string {
  if (negative) return '-';
  return spec.sign === '-' ? '' : spec.sign;
}

/** Groups the digits before the point, and pads; zeros that fill are grouped too. */
export function padNumber(
  budget: Budget,
  sign: string,
  text: string,
  group: number,
  spec: FormatSpec,
): string {
  if (spec.grouping === '') return pad(budget, sign, text, spec, '>');
  const end = text.search(/[^0-9]/);
  const rest = end < 0 || group === 4 ? '' : text.slice(end);
  const whole = text.slice(0, text.length - rest.length);
  const filled = spec.align === '=' && spec.fill === '0';
  const least = filled ? spec.width - sign.length - rest.length : 0;
  chargeText(budget, 2 * Math.max(whole.length, least));
  return pad(budget, sign, grouped(whole, least, group, spec.grouping) + rest, spec, '>');
}

/** Digits in groups from the right, with as many zeros before them as make `least` units. */
function grouped(digits: string, least: number, group: number, separator: string): string {
  const [groups, over] = [Math.floor(least / (group + 1)), least % (group + 1)];
  const filled = digits.padStart(groups * group + Math.max(over, 1), '0');
  const first = filled.length % group || group;
  let text = filled.slice(0, first);
  for (let at = first; at < filled.length; at += group) text += separator + filled.slice(at, at + group);
  return text;
}

/** Fills a text up to the width of its spec; `align` is how its type is aligned by itself. */
export function pad(budget: Budget, sign: string, text: string, spec: FormatSpec, align: '<' | '>'): string {
  const missing = spec.width - sign.length - text.length;
  if (missing <= 0) return sign + text;
  chargeText(budget, spec.width * spec.fill.length);
  const { fill } = spec;
  switch (spec.align === '' ? align : spec.align) {
    case '<':
      return sign + text + fill.repeat(missing);
    case '>':
      return fill.repeat(missing) + sign + text;
    case '=':
      return sign + fill.repeat(missing) + text;
    default:
      return fill.repeat(missing >> 1) + sign + text + fill.repeat(missing - (missing >> 1));
  }
}
