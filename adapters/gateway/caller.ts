/** Who sends a request, as far as the transport knows. */
import { createHash } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/server';

import { ANONYMOUS, type Caller, type JsonObject } from '../../core/index.js';

/**
 * The caller whom a verified token names. Its id comes from that alone. What a client says of itself is a
 * claim that nobody verified, under `client`, unless the token has one of that name. The token never is.
 * `session` is a label; `self` is who it is when no token says.
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

const LABEL_LENGTH = 16;

/** What a session is known by to everybody but its client: who has its id can go on with it. */
export function sessionLabel(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, LABEL_LENGTH);
}
