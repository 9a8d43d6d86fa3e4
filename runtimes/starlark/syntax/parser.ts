/**
 * Text to tree, by recursive descent; one class for each layer of the grammar, each on top of the one
 * before: scanner, token-reader, format-string, arguments, displays, expressions, imports,
 * simple-statements, statements.
 */
import { StatementReader } from './statements.js';
import type { Dialect, Program } from './tree.js';

/**
 * Reads a script. Throws `script/syntax` at the first thing that cannot be read, and `limit/depth` for
 * what nests deeper than the parser goes.
 */
export function parse(source: string, dialect: Dialect): Program {
  return new StatementReader(source, dialect).program(source);
}
