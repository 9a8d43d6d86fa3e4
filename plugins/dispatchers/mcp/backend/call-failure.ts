/** What becomes of a request that got no result: one code of the table for each way that it can fail. */
import {
  INVALID_PARAMS,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
} from '@modelcontextprotocol/client';

import { ToolscriptError, type ErrorCode, type Json, type RpcError } from '../../../../core/index.js';
import { OverlongAnswerError } from '../transport/bounded-fetch.js';
import { LOST_ANSWER, UNUSABLE_ANSWER } from '../transport/failed-answer.js';
import { UnansweredError } from '../clients/question-desk.js';

/** The request that failed. */
export interface FailedRequest {
  /** E.g. `call echo`, `resources/read`. */
  readonly act: string;
  /** The tool's name as listed, where it was a call of one. */
  readonly tool?: string;
  readonly server: string;
  readonly signal: AbortSignal;
}

/** The error that the request's caller gets. */
export function requestFailure(error: unknown, request: FailedRequest): ToolscriptError {
  if (error instanceof ToolscriptError) return error;
  if (request.signal.aborted) return abortion(request);
  const { code, message } = judge(error, request);
  const { tool } = request;
  const rpc = rpcErrorOf(error);
  const details = { code, message, ...(tool !== undefined && { tool }) };
  return new ToolscriptError(details, { cause: error, ...(rpc && { rpc }) });
}

/** What the server said itself. */
function rpcErrorOf(error: unknown): RpcError | undefined {
  if (!(error instanceof ProtocolError) || MADE_UP.has(error.code)) return undefined;
  const { code, message, data } = error;
  return { code, message, ...(data !== undefined && { data: data as Json }) };
}

const MADE_UP: ReadonlySet<number> = new Set([LOST_ANSWER, UNUSABLE_ANSWER]);

/** Tells whether a server of 2026-07-28 wants other headers than it was sent; it did nothing then. */
export function isHeaderMismatch(error: unknown): boolean {
  return error instanceof ProtocolError && error.code === HEADER_MISMATCH;
}

const HEADER_MISMATCH = -32_020;

/** Tells whether an error says that the connection is of no more use. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof ToolscriptError) return false;
  if (error instanceof ProtocolError) return error.code === LOST_ANSWER;
  if (error instanceof SdkHttpError) return LOST_STATUSES.has(error.status) || error.status >= 500;
  if (error instanceof SdkError) return LOSSES.has(error.code);
  if (error instanceof UnansweredError || error instanceof OverlongAnswerError) return false;
  return !(error instanceof Error && UNUSABLE.has(error.name));
}

const LOSSES: ReadonlySet<string> = new Set([
  SdkErrorCode.ConnectionClosed,
  SdkErrorCode.NotConnected,
  SdkErrorCode.SendFailed,
]);

/** Not let in, or the session is forgotten. */
const LOST_STATUSES: ReadonlySet<number> = new Set([401, 403, 404, 410]);

/** What reading an answer throws that is no JSON, or no JSON-RPC. */
const UNUSABLE: ReadonlySet<string> = new Set(['SyntaxError', 'RangeError', 'ZodError', '$ZodError']);

const MAX_REASON_LENGTH = 300;

/** Why a server cannot be reached or listed, in a few words. */
export function reasonOf(error: unknown): string {
  if (error instanceof SdkHttpError) return `it answered with HTTP status ${error.status}`;
  if (!(error instanceof Error)) return String(error);
  const { code } = (error.cause ?? {}) as { code?: unknown };
  const words = typeof code === 'string' ? `${error.message} (${code})` : error.message;
  return words.slice(0, MAX_REASON_LENGTH);
}

interface Judgement {
  readonly code: ErrorCode;
  readonly message: string;
}

/** An aborted request surfaces as any other error: the signal decides, and its reason is the answer. */
function abortion({ signal, act, tool }: FailedRequest): ToolscriptError {
  const reason: unknown = signal.reason;
  if (reason instanceof ToolscriptError) return reason;
  const message = `${act}: cancelled before it answered`;
  return new ToolscriptError({ code: 'cancelled', message, ...(tool !== undefined && { tool }) });
}

function judge(error: unknown, request: FailedRequest): Judgement {
  const { act } = request;
  if (isConnectionLoss(error)) return { code: 'backend/unavailable', message: unavailable(error, request) };
  if (error instanceof ProtocolError) return judgeAnswer(error, request);
  return { code: failedCode(request), message: `${act}: ${unusable(error)}` };
}

function failedCode({ tool }: FailedRequest): ErrorCode {
  return tool === undefined ? 'context/failed' : 'tool/failed';
}

function judgeAnswer(error: ProtocolError, request: FailedRequest): Judgement {
  const message = error.message.replace(/^MCP error -?\d+: /, '');
  const code = failedCode(request);
  if (error.code === UNUSABLE_ANSWER) return { code, message: `${request.act}: the server ${message}` };
  return isUnknown(error.code, message, request)
    ? { code: request.tool === undefined ? 'context/unknown' : 'tool/unknown', message }
    : { code, message };
}

/** Revision 2026-07-28 says -32602 of a resource that is not there, those before it -32002 (SEP-2164). */
function isUnknown(code: number, message: string, { tool, act }: FailedRequest): boolean {
  if (tool === undefined)
    return code === RESOURCE_NOT_FOUND || (code === INVALID_PARAMS && act === 'resources/read');
  return code === INVALID_PARAMS && /\b(unknown tool|tool\b.*\bnot found)/i.test(message);
}

const RESOURCE_NOT_FOUND = -32_002;

function unavailable(error: unknown, { act, server }: FailedRequest): string {
  if (error instanceof SdkHttpError) {
    return `${act}: server "${server}" answered with HTTP status ${error.status}`;
  }
  return `${act}: the connection to server "${server}" was lost`;
}

/** An answer that cannot be used. */
function unusable(error: unknown): string {
  if (error instanceof SdkHttpError) return `the server refused the request (HTTP status ${error.status})`;
  if (error instanceof OverlongAnswerError || error instanceof UnansweredError) return error.message;
  return 'the server answered with something that is no result';
}
