/**
 * The one table of error codes, and the one error class.
 *
 * A fault of a script, a caller or a backend is an outcome; a fault of the host is a throw. Both carry
 * a code of the table. Messages say the act, what was met and what was wanted; lower case, no full
 * stop; never an argument's value, never a secret.
 */
import type { Json } from './json.js';

/** Every code, with what it means. */
export const ERROR_CODES = {
  'script/syntax': 'the script cannot be parsed',
  'script/name': 'an unknown or wrongly bound name, found before anything ran',
  'script/runtime': 'the script failed while running',
  'limit/steps': 'more steps than allowed',
  'limit/wall-time': 'longer than allowed',
  'limit/memory': 'more memory than allowed, in total or in one value',
  'limit/depth': 'calls or values nested deeper than allowed',
  'limit/tool-calls': 'more tool calls than allowed',
  'limit/output': 'a larger result than allowed',
  'limit/logs': 'more printed text than allowed',
  'limit/script-size': 'a larger script or data than allowed',
  'limit/refused': 'the policy refused the script',
  'tool/failed': 'the tool answered with an error',
  'tool/timeout': 'the tool did not answer in time',
  'tool/denied': 'the policy refused the call',
  'tool/unknown': 'there is no such tool',
  'tool/arguments': "the arguments do not fit the tool's input schema",
  'context/unknown': 'there is no such resource or prompt',
  'context/failed': 'the server answered a request for context with an error, or not in time',
  'context/denied': 'the policy refused the resource or the prompt',
  'backend/unavailable': 'the server behind a tool, resource or prompt is down',
  'request/invalid': 'what a client sent is no request that can be answered',
  'config/invalid': 'the manifest or the composition is at fault',
  cancelled: 'the caller went away',
  internal: 'a fault of Toolscript itself',
} as const;

/** A code of the table. */
export type ErrorCode = keyof typeof ERROR_CODES;

/** A place in the text that the agent sent; both count from 1, columns in code points. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One call on the way to an error, outermost first. */
export interface BacktraceFrame extends Position {
  readonly function: string;
}

/** What went wrong, as data: the shape of an outcome's `error`. */
export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  /** Where, in the script. */
  readonly position?: Position;
  readonly backtrace?: readonly BacktraceFrame[];
  /** How to mend it. */
  readonly hint?: string;
  /** The real name of the tool concerned. */
  readonly tool?: string;
  /** Milliseconds after which it may be tried again. */
  readonly retryAfterMs?: number;
  /** Every further fault found in the same pass, in the order of the text. */
  readonly also?: readonly Omit<Failure, 'also' | 'backtrace'>[];
}

/** The fields of a failure, and nothing of the error that it may be. */
export function failureOf(failure: Failure): Failure {
  const { code, message, position, backtrace, hint, tool, retryAfterMs, also } = failure;
  return {
    code,
    message,
    ...(position !== undefined && { position }),
    ...(backtrace !== undefined && { backtrace }),
    ...(hint !== undefined && { hint }),
    ...(tool !== undefined && { tool }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(also !== undefined && { also }),
  };
}

/** An error of JSON-RPC 2.0. */
export interface RpcError {
  readonly code: number;
  readonly message: string;
  readonly data?: Json;
}

/** An error with a code of the table. */
export class ToolscriptError extends Error implements Failure {
  readonly code: ErrorCode;
  declare readonly position?: Position;
  declare readonly backtrace?: readonly BacktraceFrame[];
  declare readonly hint?: string;
  declare readonly tool?: string;
  declare readonly retryAfterMs?: number;
  declare readonly also?: NonNullable<Failure['also']>;

  /** What a server behind us answered instead of a result, for clients of the same protocol. */
  declare readonly rpc?: RpcError;

  constructor({ code, message, ...details }: Failure, options: { cause?: unknown; rpc?: RpcError } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'ToolscriptError';
    this.code = code;
    Object.assign(this, details, options.rpc && { rpc: options.rpc });
  }
}
