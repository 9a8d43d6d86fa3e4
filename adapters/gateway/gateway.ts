/** The gateway: a composition as an MCP server. */
import { systemClock, VERSION, type Clock, type CodeMode } from '../../core/index.js';
import { openHttpDoor, type HttpDoor } from './http/door.js';
import type { HttpOptions } from './http/options.js';
import type { Served } from './protocol-server.js';
import { Reception } from './reception.js';
import { ServiceNotice } from './service-notice.js';
import { StateSeal } from './state-seal.js';
import { openStdioDoor, type StdioDoor, type StdioOptions } from './stdio-door.js';

/** What a gateway serves. */
export interface GatewayOptions {
  /** Stays the property of who made it: closing a door does not close it. */
  readonly codeMode: CodeMode;
  /** Whether `execute_tool_script` is listed and callable: code mode is on. A function is asked each time. */
  readonly scriptTool: boolean | (() => boolean);
  /** What clients are told of us. */
  readonly name?: string;
  readonly version?: string;
  /** How many entries of a list come at once; default 0: all, as most clients never ask for more. */
  readonly pageSize?: number;
  /**
   * Milliseconds that a client of 2026-07-28 may take for its answers, while a script or an older server
   * waits for them; default 120,000.
   */
  readonly questionWaitMs?: number;
  /**
   * Seals what such a client brings back for a server between rounds; the same for all gateways that
   * may answer a client. Default: a random one, so that a round begun with another process is refused.
   */
  readonly stateKey?: string;
  /** Default: the machine's. */
  readonly clock?: Clock;
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
  const { codeMode, scriptTool, name = 'toolscript', version = VERSION } = options;
  const { pageSize = 0, questionWaitMs = 120_000, stateKey, clock = systemClock } = options;
  const seal = new StateSeal({ secret: stateKey });
  const offersScripts = typeof scriptTool === 'function' ? scriptTool : () => scriptTool;
  const reception = new Reception({ codeMode, offersScripts, pageSize, questionWaitMs, seal, clock });
  const served: Served = {
    codeMode,
    reception,
    offersScripts,
    name,
    version,
    get instructions() {
      return offersScripts() ? `${WHAT_IS_HERE} ${HOW_TO_SCRIPT}` : WHAT_IS_HERE;
    },
  };
  const report = (error: Error): void => options.onError?.(withoutPayload(error));
  const notice = new ServiceNotice({ codeMode, version, offersScripts });
  return {
    serveStdio: (stdio = {}) => {
      const door = openStdioDoor(served, stdio, report);
      notice.begin();
      return door;
    },
    serveHttp: async (http = {}) => {
      const door = await openHttpDoor(served, http, report);
      notice.begin();
      return door;
    },
  };
}

const WHAT_IS_HERE = 'The tools, resources and prompts of several MCP servers, behind one gateway.';
const HOW_TO_SCRIPT =
  'Where a task takes several tool calls, send one script to execute_tool_script instead: it calls the ' +
  'tools, and only what it returns comes back.';

const MAX_WORDS_LENGTH = 200;

/** The SDK quotes messages in its errors, and messages hold scripts and data. */
function withoutPayload({ message }: Error): Error {
  const words = message.split(/[[{"]/, 1)[0]!.trim().replace(/:$/, '');
  return new Error(words.slice(0, MAX_WORDS_LENGTH) || 'met a message that is not JSON-RPC');
}
