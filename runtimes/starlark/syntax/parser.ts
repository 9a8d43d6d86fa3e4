/**
 * Text to tree, by recursive descent; one class for each layer of the grammar, each on top of the one
 * before: scanner, token-reader, format-string, arguments, displays, expressions, imports,
 * simple-statements, statements.
 */
import { StarlarkError } from '../error.js';
import { StatementReader } from './statements.js';
import type { Dialect } from './dialect.js';
import type { Program } from './tree.js';

/**
 * Reads a script. Throws `script/syntax` at the first thing that cannot be read, and `limit/depth` for
 * what nests deeper than the parser goes. What can be read but may not stand so is in the program's faults.
 */
export function parse(source: string, dialect: Dialect): Program {
  const reader = new StatementReader(source, dialect);
  try {
    return reader.program(source);
  } catch (error) {
    throw error instanceof StarlarkError ? inOrder(reader.faults, error) : error;
  }
}

/** The first of the faults met on the way, with the others and the last one in `also`. */
function inOrder([first, ...others]: readonly StarlarkError[], last: StarlarkError): StarlarkError {
  if (first === undefined || last.code !== 'script/syntax') return last;
  const { code, message, at, hint } = first;
  return new StarlarkError(code, message, {
    ...(at !== undefined && { at }),
    ...(hint !== undefined && { hint }),
    also: [...others, last],
  });
}
