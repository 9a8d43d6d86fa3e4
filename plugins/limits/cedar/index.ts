/** The door of Cedar as a policy. */
export { createCedarPolicy, type CedarOptions } from './cedar-policy.js';
export type { NamedText } from './policy-text.js';
export { plugin as default } from './plugin.js';
