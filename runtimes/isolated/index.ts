/** The door of process isolation: any runtime's scripts in processes of their own. */
export { createIsolatedRuntime } from './isolated-runtime.js';
export type { IsolatedOptions, IsolatedRuntime } from './isolated-runtime.js';
export { ISOLATION_RANGES } from './isolation.js';
export type { Isolation } from './isolation.js';
export type { RuntimeSource } from './runtime-source.js';
