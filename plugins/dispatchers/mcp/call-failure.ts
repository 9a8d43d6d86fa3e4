/** What becomes of a call that got no result: one code of the table for each way that it can fail. */
import {
  INVALID_PARAMS,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
} from '@modelcontextprotocol/client';

import { ToolscriptError, type ErrorCode } from '../../../core/index.js';
import { OverlongAnswerError } from './bounded-fetch.js';
import { LOST_ANSWER, UNUSABLE_ANSWER } from './failed-answer.js';

/** The call that failed. */
export interface FailedCall {
  /** The tool's name as listed. */
  readonly tool: string;
  readonly server: string;
  readonly signal: AbortSignal;
}

/** The error that a call's caller gets. */
export function callFailure(error: unknown, call: FailedCall): ToolscriptError {
  if (error instanceof ToolscriptError) return error;
  if (call.signal.aborted) return abortion(call);
  const { code, message } = judge(error, call);
  return new ToolscriptError({ code, message, tool: call.tool }, { cause: error });
}

/** Tells whether an error says that the connection is of no more use. */
export function isConnectionLoss(error: unknown): boolean {
  if (error instanceof ToolscriptError) return false;
  if (error instanceof ProtocolError) return error.code === LOST_ANSWER;
  if (error instanceof SdkHttpError) return LOST_STATUSES.has(error.status) || error.status >= 500;
  if (error instanceof SdkError) return LOSSES.has(error.code);
  return !(error instanceof OverlongAnswerError) && !(error instanceof Error && UNUSABLE.has(error.name));
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

/** An aborted call surfaces as any other error: the signal decides, and its reason is the answer. */
function abortion({ signal, tool }: FailedCall): ToolscriptError {
  const reason: unknown = signal.reason;
  if (reason instanceof ToolscriptError) return reason;
  return new ToolscriptError({
    code: 'cancelled',
    message: `call ${tool}: cancelled before it answered`,
    tool,
  });
}

function judge(error: unknown, call: FailedCall): Judgement {
  if (isConnectionLoss(error)) return { code: 'backend/unavailable', message: unavailable(error, call) };
  if (error instanceof ProtocolError) return judgeAnswer(error, call);
  return { code: 'tool/failed', message: `call ${call.tool}: ${unusable(error)}` };
}

function judgeAnswer(error: ProtocolError, { tool }: FailedCall): Judgement {
  const message = error.message.replace(/^MCP error -?\d+: /, '');
  if (error.code === UNUSABLE_ANSWER)
    return { code: 'tool/failed', message: `call ${tool}: the server ${message}` };
  const unknown = error.code === INVALID_PARAMS && /\b(unknown tool|tool\b.*\bnot found)/i.test(message);
  return { code: unknown ? 'tool/unknown' : 'tool/failed', message };
}

function unavailable(error: unknown, { tool, server }: FailedCall): string {
  if (error instanceof SdkHttpError) {
    return `call ${tool}: server "${server}" answered with HTTP status ${error.status}`;
  }
  return `call ${tool}: the connection to server "${server}" was lost`;
}

/** An answer that the SDK will not hand on, or that it cannot read. */
function unusable(error: unknown): string {
  if (error instanceof SdkHttpError) return `the server refused the request (HTTP status ${error.status})`;
  if (error instanceof OverlongAnswerError) return error.message;
  if (error instanceof SdkError && error.code === SdkErrorCode.UnsupportedResultType) {
    return 'the server asks for input that nobody here can give';
  }
  return 'the server answered with something that is not a tool result';
}
