/** The door of the gateway: MCP clients over stdio and HTTP. */
export type { Authenticator } from './authenticator.js';
export { createGateway, type Gateway, type GatewayOptions } from './gateway.js';
export type { HttpDoor, HttpOptions } from './http/door.js';
export type { StdioDoor, StdioOptions } from './stdio-door.js';
