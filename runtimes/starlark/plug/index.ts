/** The door of the plug: Starlark for core. Only this room of the engine knows core, and what a tool is. */
export { createStarlarkRuntime } from './runtime.js';
export type { StarlarkOptions } from './runtime.js';
