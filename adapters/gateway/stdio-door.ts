/** Serves one client over the standard input and output of this process, or over other streams. */
import type { Readable, Writable } from 'node:stream';
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';

import { systemClock } from '../../core/index.js';
import { inTime, type DrainOptions } from './drain.js';
import { protocolServer, type Served } from './protocol-server.js';
import { watchTools } from './tool-watch.js';
import { UnansweredRequests } from './unanswered-requests.js';

/** How the client is served. */
export interface StdioOptions {
  /** Default: the standard streams of this process. Nothing else may write to the output. */
  readonly input?: Readable;
  readonly output?: Writable;
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

/** Serves a client of either era: its first message says which. */
export function openStdioDoor(
  served: Served,
  { input, output }: StdioOptions,
  report: (error: Error) => void,
): StdioDoor {
  const transport = new StdioServerTransport(input, output, { maxBufferSize: MAX_REQUEST_BYTES });
  const handle = serveStdio(
    ({ era }) => {
      const server = protocolServer(served, era);
      const stop = watchTools(served.codeMode, () => {
        server.server.sendToolListChanged().catch(report);
      });
      server.server.onclose = stop;
      return server;
    },
    { transport, onerror: report },
  );
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
