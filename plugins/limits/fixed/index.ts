/** The door of the fixed limits. */
export { fixedLimits } from './fixed-limits.js';
export { plugin as default } from './plugin.js';
