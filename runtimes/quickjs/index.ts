/** The door of JavaScript on QuickJS. */
export { plugin as default } from './plugin.js';
export { createQuickjsRuntime } from './runtime.js';
