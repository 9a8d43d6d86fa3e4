/** Failures as a JSON-RPC error can carry them. */
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

import { ToolscriptError, type ErrorCode, type RequestEnd, type RpcError } from '../../core/index.js';
import type { Era } from './client-request.js';

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
    return coded(new ProtocolError(ProtocolErrorCode.InternalError, 'the request failed'), 'internal');
  }
  const { code, message, retryAfterMs, rpc } = error;
  if (rpc !== undefined) return coded(passedOn(rpc), code);
  const isTheirs = INVALID_PARAMS.has(code);
  const rpcCode = isTheirs ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError;
  const data = { code, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  return coded(new ProtocolError(rpcCode, message, data), code);
}

/** The code that errors of the protocol stand for, where they were made of one of ours. */
const CODES = new WeakMap<ProtocolError, ErrorCode>();

/** The same error, of which the sinks are told this code. */
export function coded(error: ProtocolError, code: ErrorCode): ProtocolError {
  CODES.set(error, code);
  return error;
}

/** How a request ends that is answered with this error. */
export function endOf(error: ProtocolError, era: Era): RequestEnd {
  return { code: CODES.get(error) ?? 'request/invalid', rpcCode: rpcCodeOf(error, era) };
}

/** What revisions up to 2025-11-25 say for a resource that is not there. */
const OLDER_NOT_THERE = -32_002;

/** The code that a client reads; one of an older revision is said in the words of newer ones. */
export function rpcCodeOf({ code }: ProtocolError, era: Era): number {
  return era === 'modern' && code === OLDER_NOT_THERE ? ProtocolErrorCode.InvalidParams : code;
}

const NOT_THERE: ReadonlySet<number> = new Set([ProtocolErrorCode.InvalidParams, OLDER_NOT_THERE]);

/** Names the resource that is not there (2026-07-28, server/resources, error handling). */
export function withUri(error: ProtocolError, uri: string): ProtocolError {
  const { code, message, data } = error;
  if (!NOT_THERE.has(code)) return error;
  const named = new ProtocolError(code, message, { uri, ...(typeof data === 'object' && data) });
  const known = CODES.get(error);
  return known === undefined ? named : coded(named, known);
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
