/**
 * A server of the console that says what a test wants: hostile names, ten thousand calls, a run that
 * stands still. It serves the built page under the content security policy of the real one.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type {
  ConsoleMessage,
  ConsoleState,
  ConsoleTool,
  Mark,
  RunRecord,
  ScriptDraft,
  UsageBucket,
} from '../../adapters/console/api.js';

/** What the server says. */
export interface FakeAnswers {
  readonly state: ConsoleState;
  readonly tools: readonly ConsoleTool[];
  readonly runs: RunRecord[];
  readonly usage: readonly UsageBucket[];
  readonly check?: (draft: ScriptDraft) => readonly Mark[];
}

/** A fake that is up. */
export interface FakeConsole {
  readonly address: string;
  /** Drafts that were started, in their order. */
  readonly started: ScriptDraft[];
  tell(message: ConsoleMessage): void;
  close(): Promise<void>;
}

/** What the page must work under. */
export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'";

const page = fileURLToPath(new URL('../../dist/adapters/console/page/', import.meta.url));

const TYPES: Partial<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'page.js': 'text/javascript; charset=utf-8',
  'page.css': 'text/css; charset=utf-8',
};

/** Starts a fake on a free port. */
export async function startFakeConsole(answers: FakeAnswers): Promise<FakeConsole> {
  const streams = new Set<ServerResponse>();
  const started: ScriptDraft[] = [];
  const server = createServer((request, response) => {
    void answer(request, response, answers, streams, started).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    started,
    tell(message) {
      for (const stream of streams) stream.write(`data: ${JSON.stringify(message)}\n\n`);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  answers: FakeAnswers,
  streams: Set<ServerResponse>,
  started: ScriptDraft[],
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
  if (!pathname.startsWith('/api/')) {
    await sendFile(pathname === '/' ? 'index.html' : pathname.slice(1), response);
  } else if (pathname === '/api/events') {
    streams.add(response.writeHead(200, { 'content-type': 'text/event-stream' }));
    response.write(': begin\n\n');
  } else {
    const body = await bodyFor(
      `${request.method ?? ''} ${pathname}`,
      searchParams,
      request,
      answers,
      started,
    );
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? { code: 'tool/unknown', message: 'there is no such thing' }));
  }
}

async function bodyFor(
  route: string,
  query: URLSearchParams,
  request: IncomingMessage,
  answers: FakeAnswers,
  started: ScriptDraft[],
): Promise<unknown> {
  switch (route) {
    case 'GET /api/state':
      return answers.state;
    case 'GET /api/tools':
      return answers.tools.filter(({ name }) => name.includes(query.get('search') ?? ''));
    case 'GET /api/runs':
      return answers.runs.map((run) => ({ ...run, calls: [], logs: [] }));
    case 'GET /api/usage':
      return answers.usage;
    case 'POST /api/check':
      return answers.check?.(await draft(request)) ?? [];
    case 'POST /api/runs':
      started.push(await draft(request));
      return { id: answers.runs[0]?.id };
    default:
      return answers.runs.find(({ id }) => route === `GET /api/runs/${encodeURIComponent(id)}`);
  }
}

async function sendFile(name: string, response: ServerResponse): Promise<void> {
  const type = TYPES[name];
  if (type === undefined) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': type, 'content-security-policy': POLICY });
  response.end(await readFile(page + name));
}

async function draft(request: IncomingMessage): Promise<ScriptDraft> {
  return JSON.parse(await text(request)) as ScriptDraft;
}
