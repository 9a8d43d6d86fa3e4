/** The door of the compiler: a resolved tree in, code that is ready to run out. */
export { compile, type CompiledProgram } from './program.js';
export { callValue } from './call-value.js';
export { Closure } from './function-code.js';
export { INSIDE_BUILTIN, located } from './failure.js';
export type { FunctionCode } from './function-code.js';
export type { Environment, Names } from './compiler.js';
export type { Continuation, Machine, Unwinding } from './machine.js';
export type { Completion } from './completion.js';
