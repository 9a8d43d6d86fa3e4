/** What the SDK hands to a tool beside its arguments, and what we make of it. */
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';

import {
  ANONYMOUS,
  traceContextOf,
  withTrace,
  type Caller,
  type JsonObject,
  type RequestContext,
} from '../../core/index.js';
import { sessionLabel } from './session-label.js';

/** The second argument of a request handler. */
export type ToolExtra = Parameters<NonNullable<McpServer['server']['fallbackRequestHandler']>>[1];

/** The request that each caller came with: a tool that is called for it gets the same. */
const origins = new WeakMap<Caller, ToolExtra>();

/** The request by which a caller came to us, if one did. */
export function originOf(caller: Caller): ToolExtra | undefined {
  return origins.get(caller);
}

/** A request as code mode wants to know it. */
export function requestContext(extra: ToolExtra): RequestContext {
  const { progressToken, ...said } = (extra._meta ?? {}) as JsonObject & { progressToken?: string | number };
  const meta = withTraceHeaders(said, extra);
  return {
    caller: callerOf(extra),
    signal: extra.signal,
    ...(Object.keys(meta).length > 0 && { meta }),
    ...(progressToken !== undefined && {
      onProgress: (step) => {
        const params = { ...step, progressToken };
        extra.sendNotification({ method: 'notifications/progress', params }).catch(() => undefined);
      },
    }),
  };
}

/** HTTP headers tell a place in a trace too; what `_meta` tells comes first. */
function withTraceHeaders(meta: JsonObject, { requestInfo }: ToolExtra): JsonObject {
  const trace = traceContextOf(meta) === undefined ? traceContextOf(requestInfo?.headers) : undefined;
  return trace === undefined ? meta : withTrace(meta, trace);
}

/** The caller's id comes from a verified token alone; the token itself is not among the claims. */
function callerOf(extra: ToolExtra): Caller {
  const { authInfo, sessionId } = extra;
  const caller: Caller = {
    id: authInfo?.clientId ?? ANONYMOUS.id,
    ...(authInfo !== undefined && { claims: { ...authInfo.extra, scopes: authInfo.scopes } }),
    ...(sessionId !== undefined && { session: sessionLabel(sessionId) }),
  };
  origins.set(caller, extra);
  return caller;
}
