/** The door of the traffic policy. */
export { createTrafficPolicy, plugin as default } from './plugin.js';
export type { TrafficSettings } from './settings.js';
