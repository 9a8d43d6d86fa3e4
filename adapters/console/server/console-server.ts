/** The server of the console: on this machine alone, for whoever has the token. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { systemClock, ToolscriptError, type Clock } from '../../../core/index.js';
import { fileParts } from '../file/index.js';
import type { RunRecorder } from '../record/index.js';
import { ConsoleView, type Subject } from './console-view.js';
import { EventStreams } from './event-streams.js';
import { faultOf, RouteFault } from './fault.js';
import { Guard } from './guard.js';
import { pageFiles, type PageFile } from './page-files.js';
import { Playground } from './playground.js';
import { send, sendFault } from './reply.js';
import { answer, type Desks } from './routes.js';

/** What a console is opened with. */
export interface ConsoleOptions extends Subject {
  /** A sink of every composition that the console looks at. */
  readonly recorder: RunRecorder;
  /** The folder of the page's files. */
  readonly page: string;
  /** Default: 0, a free one. */
  readonly port?: number;
  readonly clock?: Clock;
}

/** A console that is open. */
export interface ConsoleDoor {
  /** With the token behind `#`, where no server and no log sees it. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Cancels the playground's scripts, and lets go of all clients. */
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const MOST_CONNECTIONS = 64;
const HEADERS_MS = 10_000;
const REQUEST_MS = 30_000;
const LONGEST_URL = 4_096;

/** Opens the console; rejects with `config/invalid` when the port is taken. */
export async function openConsole(options: ConsoleOptions): Promise<ConsoleDoor> {
  const { recorder, codeMode, page, clock = systemClock } = options;
  const guard = new Guard();
  const files = pageFiles(page);
  const view = new ConsoleView(options);
  const playground = new Playground(options, recorder);
  const streams = new EventStreams({ recorder, state: () => view.state(), clock });
  const desks: Desks = { recorder, view, playground, streams, fileParts: () => fileParts(page) };
  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS },
    (request, response) => void visit({ guard, files, desks }, request, response),
  );
  server.maxConnections = MOST_CONNECTIONS;
  const port = await listen(server, options.port ?? 0);
  guard.setPort(port);
  const stop = codeMode.onChange(() => streams.stateChanged());
  return {
    url: `http://${HOST}:${String(port)}/#token=${guard.token}`,
    port,
    token: guard.token,
    async close() {
      stop();
      view.close();
      streams.close();
      await playground.close();
      recorder.forget();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

interface House {
  readonly guard: Guard;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly desks: Desks;
}

async function visit(house: House, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    response.on('error', () => undefined);
    await serve(house, request, response);
  } catch (thrown) {
    sendFault(response, faultOf(thrown));
  }
}

/** The files of the page hold nothing of anybody: they need no token. */
async function serve(
  { guard, files, desks }: House,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  guard.checkPlace(request);
  const url = urlOf(request);
  const file = request.method === 'GET' ? files.get(url.pathname) : undefined;
  if (file !== undefined) {
    send(response, file.type, file.bytes);
    return;
  }
  guard.checkToken(request);
  await answer(desks, url, request, response);
}

function urlOf({ url = '' }: IncomingMessage): URL {
  const isPath = url.startsWith('/') && url.length <= LONGEST_URL;
  if (!isPath) throw new RouteFault(400, 'request/invalid', 'console: the address is none of ours');
  return new URL(`http://${HOST}${url}`);
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      const message = `open the console: port ${String(port)} cannot be used (${code ?? 'unknown'})`;
      reject(new ToolscriptError({ code: 'config/invalid', message }));
    });
    server.listen(port, HOST, () => resolve((server.address() as AddressInfo).port));
  });
}
