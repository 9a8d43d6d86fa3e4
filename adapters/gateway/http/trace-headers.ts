/**
 * The place in a trace that HTTP headers tell, put where MCP has it: into the `_meta` of the request (2026-07-28,
 * basic, `_meta`). What the client says there itself comes first.
 */
import type { IncomingHttpHeaders } from 'node:http';

import { isJsonObject, traceContextOf, withTrace } from '../../../core/index.js';

/** The message with its place; as it came where the headers tell none, or where it is no request. */
export function withTraceHeaders(message: unknown, headers: IncomingHttpHeaders): unknown {
  if (headers['traceparent'] === undefined) return message;
  const trace = traceContextOf(headers);
  if (trace === undefined || !isJsonObject(message) || !('id' in message && 'method' in message))
    return message;
  const { params = {} } = message;
  if (!isJsonObject(params)) return message;
  const { _meta: meta = {} } = params;
  if (!isJsonObject(meta) || traceContextOf(meta) !== undefined) return message;
  return { ...message, params: { ...params, _meta: withTrace(meta, trace) } };
}
