/** The door of the access list. */
export { createAccessList } from './access-list.js';
export type { AccessListOptions } from './access-rules.js';
export { plugin as default } from './plugin.js';
