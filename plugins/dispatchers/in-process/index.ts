/** The door of the dispatcher for tools of this process. */
export { createInProcessDispatcher } from './dispatcher.js';
