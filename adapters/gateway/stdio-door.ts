/** Serves one client over the standard input and output of this process, or over other streams. */
import { randomUUID } from 'node:crypto';
import type { Readable, Writable } from 'node:stream';
import type { McpServer } from '@modelcontextprotocol/server';
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';

import { ANONYMOUS, systemClock, type Caller } from '../../core/index.js';
import { sessionLabel } from './caller.js';
import { inTime, type DrainOptions } from './drain.js';
import { lastingServer, type Served } from './protocol-server.js';
import { ListeningTransport } from './stdio-listens.js';
import { UnansweredRequests } from './unanswered-requests.js';

/** How the client is served. */
export interface StdioOptions {
  /** Default: the standard streams of this process. Nothing else may write to the output. */
  readonly input?: Readable;
  readonly output?: Writable;
  /** Who the client is: whoever starts the process says so. Default: anonymous. */
  readonly caller?: Caller;
}

/** A client that is served. */
export interface StdioDoor {
  /** Resolves when the client has gone, or the door was closed. */
  readonly closed: Promise<void>;
  /** Waits until every request is answered; answers whether it was, in time. A delay is for doors to many. */
  drain(options: DrainOptions): Promise<boolean>;
  close(): Promise<void>;
}

const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

/** Serves a client of either era: its first message says which. The connection is its session. */
export function openStdioDoor(
  served: Served,
  { input, output, caller: self = ANONYMOUS }: StdioOptions,
  report: (error: Error) => void,
): StdioDoor {
  const caller = { ...self, session: sessionLabel(randomUUID()) };
  const wire = new StdioServerTransport(input, output, { maxBufferSize: MAX_REQUEST_BYTES });
  let server: McpServer | undefined;
  const transport = new ListeningTransport(wire, served.codeMode, {
    caller,
    onUpdate: (uri) => void server?.server.sendResourceUpdated({ uri }).catch(report),
  });
  const handle = serveStdio(({ era }) => (server = lastingServer(served, era, report, caller)), {
    transport,
    onerror: report,
  });
  const requests = new UnansweredRequests(transport);
  const closed = new Promise<void>((resolve) => {
    const { onclose } = transport;
    transport.onclose = () => {
      onclose?.();
      resolve();
    };
  });
  return {
    closed,
    drain: ({ withinMs }) => inTime(requests.settled(), withinMs, systemClock),
    close: () => handle.close(),
  };
}
