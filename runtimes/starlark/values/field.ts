/** One value formatted by a spec: what f-strings, `.format` and `%` share. */
import { runtimeError } from '../error.js';
import type { Budget } from './budget.js';
import { parseFormatSpec } from './format-spec.js';
import type { FormatSpec } from './format-spec.js';
import { isInteger } from './integer.js';
import { typeName } from './kind.js';
import { formatFloat, formatInteger, wrongType } from './number-field.js';
import { pad } from './padding.js';
import { display, repr } from './text.js';
import { Float } from './value.js';
import type { Value } from './value.js';

/**
 * Formats a value. `conversion` is `s`, `r` or empty; `spec` may be empty. A bool without a number's
 * type is text; so is every value that is neither number nor string.
 */
export function formatField(budget: Budget, value: Value, conversion: string, spec: string): string {
  const shown = converted(budget, value, conversion);
  if (spec === '') return display(budget, shown);
  return formatBySpec(budget, shown, parseFormatSpec(spec));
}

function converted(budget: Budget, value: Value, conversion: string): Value {
  if (conversion === '') return value;
  if (conversion === 's') return display(budget, value);
  if (conversion === 'r' || conversion === 'a') return repr(budget, value);
  const shown = JSON.stringify(conversion.slice(0, 20));
  throw runtimeError(`format: unknown conversion ${shown}, want "s" or "r"`).as('ValueError');
}

/** What a spec costs besides the text that it makes. */
const SPEC_STEPS = 8;

/** Formats a value by a spec taken apart. */
export function formatBySpec(budget: Budget, value: Value, spec: FormatSpec): string {
  budget.step(SPEC_STEPS);
  if (isInteger(value)) return formatInteger(budget, value, spec);
  if (value instanceof Float) return formatFloat(budget, value.value, spec);
  if (typeof value === 'boolean' && spec.type !== '' && spec.type !== 's') {
    return formatInteger(budget, Number(value), spec);
  }
  return formatText(budget, value, spec);
}

function formatText(budget: Budget, value: Value, spec: FormatSpec): string {
  if (spec.type !== '' && spec.type !== 's') throw wrongType(typeName(value), spec);
  if (spec.grouping !== '')
    throw runtimeError(`format: "${spec.grouping}" is for numbers, got ${typeName(value)}`).as('ValueError');
  const text = display(budget, value).slice(0, spec.precision);
  return pad(budget, '', text, spec.align === '=' ? { ...spec, align: '<' } : spec, '<');
}
