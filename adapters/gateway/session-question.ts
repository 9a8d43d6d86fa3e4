/** Puts a question to a client of 2025-11-25 and older, on the stream of the request that it belongs to. */
import { ProtocolError, type ServerContext } from '@modelcontextprotocol/server';

import { isJsonObject, ToolscriptError, type ClientQuestion, type JsonObject } from '../../core/index.js';
import { missingCapability } from './client-capability.js';

/** The request's own signal is what ends the waiting; the SDK wants a time all the same. */
const NO_TIMEOUT_MS = 2_147_483_647;
const METHOD_NOT_FOUND = -32_601;

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
  { method, params }: ClientQuestion,
  signal: AbortSignal,
): Promise<JsonObject> {
  if (missingCapability(method, params, capabilities) !== undefined) throw cannotBeAsked(method);
  try {
    const answer = await mcpReq.send({ method, params }, ANY_OBJECT, { signal, timeout: NO_TIMEOUT_MS });
    return isJsonObject(answer) ? answer : {};
  } catch (error) {
    throw refused(method, error);
  }
}

/** The client did not say that it can. */
export function cannotBeAsked(method: string): ToolscriptError {
  const message = `ask the client: it does not take ${method}`;
  return new ToolscriptError(
    { code: 'tool/failed', message },
    { rpc: { code: METHOD_NOT_FOUND, message: `the client does not take ${method}` } },
  );
}

function refused(method: string, error: unknown): ToolscriptError {
  const message = `ask the client: no answer to ${method}`;
  if (!(error instanceof ProtocolError)) return new ToolscriptError({ code: 'cancelled', message });
  const { code, message: words, data } = error;
  const rpc = { code, message: words, ...(data !== undefined && { data: data as JsonObject }) };
  return new ToolscriptError({ code: 'tool/failed', message }, { rpc });
}
