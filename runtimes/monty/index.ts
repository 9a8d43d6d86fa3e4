/** The door of Python on Monty. */
export { plugin as default } from './plugin.js';
export { createMontyRuntime } from './runtime.js';
