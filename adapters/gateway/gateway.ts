/** The gateway: a composition as an MCP server. */
import type { CodeMode } from '../../core/index.js';
import { openHttpDoor, type HttpDoor } from './http/door.js';
import type { HttpOptions } from './http/options.js';
import type { Served } from './protocol-server.js';
import { openStdioDoor, type StdioDoor, type StdioOptions } from './stdio-door.js';

/** What a gateway serves. */
export interface GatewayOptions {
  /** Stays the property of who made it: closing a door does not close it. */
  readonly codeMode: CodeMode;
  /** Whether `execute_tool_script` is listed and callable: code mode is on. */
  readonly scriptTool: boolean;
  /** What clients are told of us. */
  readonly name?: string;
  readonly version?: string;
  /** Takes what goes wrong with a client's connection, without what was in the message; default: nobody. */
  readonly onError?: (error: Error) => void;
}

/** Serves the tools of a composition to MCP clients. */
export interface Gateway {
  serveStdio(options?: StdioOptions): StdioDoor;
  serveHttp(options?: HttpOptions): Promise<HttpDoor>;
}

/** Makes a gateway; nothing is served until a door is opened. */
export function createGateway(options: GatewayOptions): Gateway {
  const { codeMode, scriptTool, name = 'toolscript', version = '0.1.0' } = options;
  const served: Served = { codeMode, scriptTool, name, version };
  const report = (error: Error): void => options.onError?.(withoutPayload(error));
  return {
    serveStdio: (stdio = {}) => openStdioDoor(served, stdio, report),
    serveHttp: (http = {}) => openHttpDoor(served, http, report),
  };
}

const MAX_WORDS_LENGTH = 200;

/** The SDK quotes messages in its errors, and messages hold scripts and data. */
function withoutPayload({ message }: Error): Error {
  const words = message.split(/[[{"]/, 1)[0]!.trim().replace(/:$/, '');
  return new Error(words.slice(0, MAX_WORDS_LENGTH) || 'met a message that is not JSON-RPC');
}
