/** The door of the syntax: text in, tree out. */
export { parse } from './parser.js';
export { lineStarts, positionIn, positionOf, type Position } from './position.js';
export { NESTING_LEVELS, nestingError } from './nesting.js';
export { WORDS } from './token.js';
export { OPEN_DIALECT, STRICT_DIALECT } from './dialect.js';
