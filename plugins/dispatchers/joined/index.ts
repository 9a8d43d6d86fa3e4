/** The door of the joined dispatcher: several dispatchers as one. */
export { createJoinedDispatcher, type JoinedPart } from './joined-dispatcher.js';
