/** Answers that we make up for a server that will not give one, so that its request ends at once. */
import type { JSONRPCMessage } from '@modelcontextprotocol/client';

/** The error code of a made-up answer: the server answered, but what it said cannot be used. */
export const UNUSABLE_ANSWER = -32_090;

/** The error code of a made-up answer: the connection that would have brought it is gone. */
export const LOST_ANSWER = -32_091;

/** A JSON-RPC error response to the request with this id. */
export function failedAnswer(id: string | number, message: string, code = UNUSABLE_ANSWER): JSONRPCMessage {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

/** The longest message that is read from a server: 64 MiB. */
export const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;
