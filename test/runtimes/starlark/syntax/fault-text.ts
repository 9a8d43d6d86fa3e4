/** Faults as text, for tests to compare. */
import { StarlarkError } from '../../../../runtimes/starlark/error.js';
import { parse, positionOf } from '../../../../runtimes/starlark/syntax/index.js';
import type { Dialect } from '../../../../runtimes/starlark/syntax/dialect.js';

/** What the act throws. */
export function caught(act: () => unknown): StarlarkError {
  try {
    act();
  } catch (error) {
    if (error instanceof StarlarkError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** The first fault of a text: what cannot be read, or may not stand so. */
export function firstFault(source: string, dialect: Dialect): StarlarkError {
  return caught(() => {
    const [first] = [...parse(source, dialect).faults].sort((x, y) => x.at! - y.at!);
    if (first !== undefined) throw first;
  });
}

/** `line:column: message`, and the hint behind a bar. */
export function faultText(source: string, { at, message, hint }: StarlarkError): string {
  const { line, column } = positionOf(source, at ?? -1);
  return `${line}:${column}: ${message}${hint === undefined ? '' : ` | ${hint}`}`;
}
