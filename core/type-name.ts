/** How messages name what was met. */

/** The type of a value in the words of JSON Schema, with an article; `nothing` for undefined. */
export function typeMet(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'number') return nameOfNumber(value);
  return NAMES[typeof value] ?? 'an object';
}

function nameOfNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  return Number.isInteger(value) ? 'an integer' : 'a number';
}

const NAMES: Partial<Record<string, string>> = {
  undefined: 'nothing',
  string: 'a string',
  bigint: 'an integer',
  boolean: 'a boolean',
  function: 'a function',
  symbol: 'a symbol',
};
