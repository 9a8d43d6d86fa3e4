/** Which request is answered by what: the table of `adapters/console/api.ts`. */
import type { IncomingMessage, ServerResponse } from 'node:http';

import type { RunRecord } from '../api.js';
import { runFile, runFileName, type FileParts } from '../file/index.js';
import type { RunRecorder } from '../record/index.js';
import type { ConsoleView } from './console-view.js';
import type { EventStreams } from './event-streams.js';
import { RouteFault } from './fault.js';
import { readDraft } from './json-body.js';
import type { Playground } from './playground.js';
import { send, sendJson } from './reply.js';

/** What answers. */
export interface Desks {
  readonly recorder: RunRecorder;
  readonly view: ConsoleView;
  readonly playground: Playground;
  readonly streams: EventStreams;
  readonly fileParts: () => Promise<FileParts>;
}

/** One request of the page. */
interface Asked {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly query: URLSearchParams;
  /** What stands in the path in place of `ID`. */
  readonly id: string;
}

type Route = (desks: Desks, asked: Asked) => Promise<void> | void;

const LONGEST_SEARCH = 1_000;

const ROUTES: ReadonlyMap<string, Route> = new Map<string, Route>([
  ['GET state', async ({ view }, { response }) => sendJson(response, await view.state())],
  ['GET tools', (desks, asked) => sendTools(desks, asked)],
  ['GET runs', ({ recorder }, { response }) => sendJson(response, recorder.runs())],
  ['GET runs/ID', (desks, asked) => sendJson(asked.response, runOf(desks, asked))],
  ['GET runs/ID/file', (desks, asked) => sendFile(desks, asked)],
  ['GET usage', ({ recorder }, { response }) => sendJson(response, recorder.usage())],
  ['GET events', ({ streams }, { response }) => streams.open(response)],
  ['POST check', (desks, asked) => check(desks, asked)],
  [
    'POST runs',
    async ({ playground }, { request, response }) =>
      sendJson(response, playground.start(await readDraft(request))),
  ],
  [
    'DELETE runs/ID',
    ({ playground }, { id, response }) => {
      playground.cancel(id);
      sendJson(response, {});
    },
  ],
]);

/** Answers a request for a path under `api/`; throws a {@link RouteFault}. */
export async function answer(
  desks: Desks,
  { pathname, searchParams: query }: URL,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [, place = '', id = '', part = ''] =
    /^\/api\/(\w{1,20})(?:\/([\w-]{1,100})(\/\w{1,20})?)?$/.exec(pathname) ?? [];
  const name = id === '' ? place : `${place}/ID${part}`;
  const route = ROUTES.get(`${request.method ?? ''} ${name}`);
  if (route === undefined) throw new RouteFault(404, 'request/invalid', 'console: there is no such thing');
  await route(desks, { request, response, query, id });
}

async function sendTools({ view }: Desks, { query, response }: Asked): Promise<void> {
  const search = (query.get('search') ?? '').slice(0, LONGEST_SEARCH).trim();
  sendJson(response, await (search === '' ? view.tools() : view.search(search)));
}

async function sendFile(desks: Desks, asked: Asked): Promise<void> {
  const run = runOf(desks, asked);
  const text = runFile(run, await desks.fileParts());
  send(asked.response, 'text/html; charset=utf-8', text, {
    'content-disposition': `attachment; filename="${runFileName(run)}"`,
  });
}

async function check({ playground }: Desks, { request, response }: Asked): Promise<void> {
  const draft = await readDraft(request);
  const controller = new AbortController();
  response.on('close', () => controller.abort());
  sendJson(response, await playground.check(draft, controller.signal));
}

function runOf({ recorder }: Desks, { id }: Asked): RunRecord {
  const run = recorder.run(id);
  if (run === undefined)
    throw new RouteFault(404, 'request/invalid', 'console: there is no such run any more');
  return run;
}
