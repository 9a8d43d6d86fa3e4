/** The door of the compiler: a resolved tree in, code that is ready to run out. */
export { compile } from './program.js';
export { callValue } from './call-value.js';
export { SuspendedBuiltin, tooDeep } from './enter.js';
export { INSIDE_BUILTIN } from './failure.js';
export type { FunctionCode } from './function-code.js';
export type { Names } from './compiler.js';
export type { Continuation, Machine, Unwinding } from './machine.js';
export type { Completion } from './completion.js';
