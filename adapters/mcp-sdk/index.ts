/** The door of the adapter for servers made with `@modelcontextprotocol/sdk` 1.x. */
export { attachCodeMode, type AttachOptions } from './attach.js';
export { createServerDispatcher } from './server-dispatcher.js';
export type { SdkServer } from './tool-handlers.js';
