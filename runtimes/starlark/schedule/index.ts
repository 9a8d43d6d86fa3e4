/** The door of the scheduler. */
export { Scheduler, type Ending } from './scheduler.js';
export { systemClock, nextTurn, type Clock } from './clock.js';
export { parallel } from './parallel.js';
export { attempt } from './attempt.js';
export { retryWith } from './retry.js';
