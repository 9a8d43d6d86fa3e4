/** Faults as text, for tests to compare. */
import { StarlarkError } from '../../../../runtimes/starlark/error.js';
import { positionOf } from '../../../../runtimes/starlark/syntax/index.js';

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

/** `line:column: message`, and the hint behind a bar. */
export function faultText(source: string, { at, message, hint }: StarlarkError): string {
  const { line, column } = positionOf(source, at ?? -1);
  return `${line}:${column}: ${message}${hint === undefined ? '' : ` | ${hint}`}`;
}
