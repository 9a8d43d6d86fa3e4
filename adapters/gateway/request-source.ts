/** Where a request came from: all that is known of it beside its method and its parameters. */
import type { AuthInfo, ServerContext } from '@modelcontextprotocol/server';

import type { ClientQuestion, JsonObject } from '../../core/index.js';
import { askOverSession } from './session-question.js';

/** What a request of 2026-07-28 says of its client, by its keys in `_meta`. */
export type Envelope = Readonly<Record<string, unknown>>;

/** One request's. */
export interface RequestSource {
  /** The sender, as a token told. */
  readonly auth?: AuthInfo | undefined;
  readonly session?: string | undefined;
  /** Aborted when the client cancels the request, or goes. */
  readonly signal: AbortSignal;
  /** Empty in sessions. */
  readonly envelope: Envelope;
  /** The client's answers to the questions of the round before. */
  readonly responses?: JsonObject | undefined;
  /** What the client brings back from the round before; whatever it sent. */
  readonly state?: unknown;
  /** Tells the client something on the stream of the request; where that is gone, nobody. */
  notify(method: string, params: JsonObject): void;
  /** Puts a question on the stream of the request; only where the client is a session's. */
  ask?(question: ClientQuestion, capabilities: JsonObject, signal: AbortSignal): Promise<JsonObject>;
}

/** The source of a request that a server of the SDK was handed. */
export function servedSource(context: ServerContext): RequestSource {
  const { mcpReq, http, sessionId } = context;
  return {
    auth: http?.authInfo,
    session: sessionId,
    signal: signalOf(context),
    envelope: mcpReq.envelope ?? {},
    responses: mcpReq.inputResponses as JsonObject | undefined,
    state: mcpReq.requestState(),
    notify: (method, params) => void mcpReq.notify({ method, params }).catch(() => undefined),
    ask: (question, capabilities, signal) => askOverSession(context, capabilities, question, signal),
  };
}

/**
 * A session outlives the connection on which a request came (2025-11-25, basic/transports: its end is no
 * cancellation). But we keep no events for the client to come back to, so nobody can get the answer then.
 */
function signalOf({ mcpReq, http }: ServerContext): AbortSignal {
  const connected = mcpReq.envelope === undefined ? http?.req?.signal : undefined;
  return connected === undefined ? mcpReq.signal : AbortSignal.any([mcpReq.signal, connected]);
}
