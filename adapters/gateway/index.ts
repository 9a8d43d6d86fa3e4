/** The door of the gateway: MCP clients over stdio and HTTP. */
export type { Authenticator } from './authenticator.js';
export {
  authFaults,
  createAuthenticator,
  type AuthFault,
  type AuthOptions,
  type JwtOptions,
} from './auth/authentication.js';
export { CodeModeSwitch } from './code-mode-switch.js';
export { createGateway, type Gateway, type GatewayOptions } from './gateway.js';
export type { DrainOptions } from './drain.js';
export type { HttpDoor } from './http/door.js';
export type { HttpBounds, HttpOptions, ReadyWhen } from './http/options.js';
export type { StdioDoor, StdioOptions } from './stdio-door.js';
