/** Puts a question to a client of 2025-11-25 and older, on the stream of the request that it belongs to. */
import { randomUUID } from 'node:crypto';
import { ProtocolError, type ServerContext } from '@modelcontextprotocol/server';

import {
  clientRefusal,
  isJsonObject,
  ToolscriptError,
  type ClientQuestion,
  type JsonObject,
} from '../../core/index.js';

/** The request's own signal is what ends the waiting; the SDK wants a time all the same. */
const NO_TIMEOUT_MS = 2_147_483_647;

/** Takes the answer as it comes: the SDK's own schemas strip what they do not know. */
const ANY_OBJECT = {
  '~standard': {
    version: 1 as const,
    vendor: 'toolscript',
    validate: (value: unknown) => ({ value }),
  },
};

/** Rejects with a ToolscriptError whose `rpc` is what the client answered instead. */
export async function askOverSession(
  { mcpReq }: ServerContext,
  capabilities: JsonObject,
  question: ClientQuestion,
  signal: AbortSignal,
): Promise<JsonObject> {
  const { method, params } = question;
  checkAskable(question, capabilities);
  try {
    const sent = { method, params: method === 'elicitation/create' ? withId(params) : params };
    const answer = await mcpReq.send(sent, ANY_OBJECT, { signal, timeout: NO_TIMEOUT_MS });
    return isJsonObject(answer) ? answer : {};
  } catch (error) {
    throw refused(method, error);
  }
}

/** Clients of 2025-11-25 want an id with an address to visit, which servers of 2026-07-28 do not give. */
function withId(params: JsonObject): JsonObject {
  const { mode, elicitationId = randomUUID() } = params;
  return mode === 'url' ? { ...params, elicitationId } : params;
}

/** Throws what the client would say to a question that it did not declare. */
export function checkAskable(question: ClientQuestion, capabilities: JsonObject): void {
  const rpc = clientRefusal(question, capabilities);
  if (rpc === undefined) return;
  const message = `ask the client: ${rpc.message}`;
  throw new ToolscriptError({ code: 'tool/failed', message }, { rpc });
}

function refused(method: string, error: unknown): ToolscriptError {
  const message = `ask the client: no answer to ${method}`;
  if (!(error instanceof ProtocolError)) return new ToolscriptError({ code: 'cancelled', message });
  const { code, message: words, data } = error;
  const rpc = { code, message: words, ...(data !== undefined && { data: data as JsonObject }) };
  return new ToolscriptError({ code: 'tool/failed', message }, { rpc });
}
