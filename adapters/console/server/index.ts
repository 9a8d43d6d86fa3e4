/** The door of the console's server. */
export { openConsole, type ConsoleDoor, type ConsoleOptions } from './console-server.js';
export type { Offers, Subject } from './console-view.js';
