/** The door of the scheduler. */
export { Scheduler } from './scheduler.js';
export type { Ending } from './run.js';
export { systemClock, nextTurn, type Clock } from './clock.js';
export { parallel } from './parallel.js';
export { attempt } from './attempt.js';
export { retryWith } from './retry.js';
export { asStarlarkError } from './fault.js';
