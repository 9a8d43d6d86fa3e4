/** The door of preflight: what cannot succeed is found before anything runs. */
export { Preflight } from './preflight.js';
export type { Known } from './known.js';
