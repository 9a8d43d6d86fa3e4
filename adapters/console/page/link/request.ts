/** Requests to the server of the console: see `adapters/console/api.ts`. */
import type { ConsoleFault } from '../../api.js';

/** Why a request was not answered. */
export class RequestFault extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** Of HTTP; 0 where the server was not reached. */
    readonly status: number,
  ) {
    super(message);
  }
}

const KEY = 'toolscript-token';

/**
 * The token that came in the page's address behind `#`. It is taken out of the address, and kept for a
 * reload in the tab itself: no other tab, no other port and no other host reads it there.
 */
const token = takeToken();

/** Asks the server; fails with a {@link RequestFault}. */
export async function ask<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await send(path, init);
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

/** Asks the server with a body of JSON. */
export function post<Answer>(path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  return ask(path, { method: 'POST', body: JSON.stringify(body), ...(signal && { signal }) });
}

/** The answer of the server as it stands; not answered with success, it fails with a {@link RequestFault}. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(`api/${path}`, {
    ...init,
    cache: 'no-store',
    credentials: 'same-origin',
    headers: {
      ...(init.method !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new RequestFault('backend/unavailable', 'the console does not answer', 0);
  });
  if (!response.ok) throw await faultOf(response);
  return response;
}

async function faultOf(response: Response): Promise<RequestFault> {
  const fault = (await response.json().catch(() => undefined)) as Partial<ConsoleFault> | undefined;
  const message = fault?.message ?? `the console answered ${response.status}`;
  return new RequestFault(fault?.code ?? 'internal', message, response.status);
}

function takeToken(): string | undefined {
  const found = /^#token=([^&/]+)/.exec(location.hash)?.[1];
  if (found === undefined) return sessionStorage.getItem(KEY) ?? undefined;
  sessionStorage.setItem(KEY, found);
  history.replaceState(null, '', '#/runs');
  return found;
}
