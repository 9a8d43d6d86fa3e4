/** Failures as a JSON-RPC error can carry them. */
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

import { ToolscriptError, type RpcError } from '../../core/index.js';

/** What a server behind us says of its connection with us: -32700, -32600, header mismatch, protocol version. */
const OF_ONE_HOP: ReadonlySet<number> = new Set([-32_700, -32_600, -32_020, -32_022]);

/** Ours that are the client's fault, or tell it no more than that. */
const INVALID_PARAMS: ReadonlySet<string> = new Set([
  'context/unknown',
  'context/denied',
  'tool/unknown',
  'tool/denied',
  'tool/arguments',
]);

/** The error as the server behind us gave it, else what fits our code; what is no failure of ours stays unsaid. */
export function wireError(error: unknown): ProtocolError {
  if (error instanceof ProtocolError) return error;
  if (!(error instanceof ToolscriptError)) {
    return new ProtocolError(ProtocolErrorCode.InternalError, 'the request failed');
  }
  if (error.rpc !== undefined) return passedOn(error.rpc);
  const { code, message, retryAfterMs } = error;
  const isTheirs = INVALID_PARAMS.has(code);
  return new ProtocolError(
    isTheirs ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError,
    message,
    { code, ...(retryAfterMs !== undefined && { retryAfterMs }) },
  );
}

/** -32002 is what revisions up to 2025-11-25 say for a resource that is not there. */
const NOT_THERE: ReadonlySet<number> = new Set([ProtocolErrorCode.InvalidParams, -32_002]);

/** Names the resource that is not there (2026-07-28, server/resources, error handling). */
export function withUri(error: ProtocolError, uri: string): ProtocolError {
  const { code, message, data } = error;
  if (!NOT_THERE.has(code)) return error;
  return new ProtocolError(code, message, { uri, ...(typeof data === 'object' && data) });
}

/** The request does not have the shape that its method wants. */
export function invalidRequest(method: string, what: string): ProtocolError {
  return new ProtocolError(ProtocolErrorCode.InvalidParams, `Invalid ${method} request: ${what}`);
}

function passedOn({ code, message, data }: RpcError): ProtocolError {
  if (OF_ONE_HOP.has(code)) {
    const words = 'the server behind the gateway did not take the request';
    return new ProtocolError(ProtocolErrorCode.InternalError, words, { code: 'backend/unavailable' });
  }
  return new ProtocolError(code, message, data);
}
