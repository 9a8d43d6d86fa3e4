/** The door: how languages with the syntax of Python spell the calls of tools. */
export { pythonNotation } from './notation.js';
