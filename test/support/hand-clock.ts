/** The clock of tests, which is published. */
export { HandClock, settled } from '../../core/testing/index.js';
