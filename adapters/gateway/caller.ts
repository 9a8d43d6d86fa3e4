/** Who sends a request, as far as the transport knows. */
import {
  CLIENT_INFO_META_KEY,
  type AuthInfo,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';

import { ANONYMOUS, type Caller, type JsonObject } from '../../core/index.js';

/** What a server remembers of a client of 2025-11-25 and older, which introduces itself once. */
interface Introduced {
  getClientVersion(): object | undefined;
}

/** The caller of a request that a server of the SDK was handed; `self` is who it is when no token says. */
export function callerOf(
  { server }: McpServer,
  { http, mcpReq, sessionId }: ServerContext,
  self?: Caller,
): Caller {
  const introduced: Introduced = server;
  const envelope: Readonly<Record<string, unknown>> = mcpReq.envelope ?? {};
  const client = envelope[CLIENT_INFO_META_KEY] ?? introduced.getClientVersion();
  return callerFrom(http?.authInfo, client, sessionId, self);
}

/**
 * The caller whom a verified token names. Its id comes from that alone. What a client says of itself is a
 * claim that nobody verified, under `client`, unless the token has one of that name. The token never is.
 */
export function callerFrom(
  auth: AuthInfo | undefined,
  client: unknown,
  session?: string,
  self: Caller = ANONYMOUS,
): Caller {
  const claims = {
    ...(client !== undefined && { client }),
    ...(auth === undefined ? self.claims : auth.extra),
    ...(auth !== undefined && { scopes: auth.scopes }),
  } as JsonObject;
  const known = session ?? self.session;
  return {
    id: auth?.clientId ?? self.id,
    ...(Object.keys(claims).length > 0 && { claims }),
    ...(known !== undefined && { session: known }),
  };
}
