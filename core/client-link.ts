/** What a server behind us may have of the client that waits for its answer. */
import type { JsonObject } from './json.js';

/** A question of a server to a client. */
export interface ClientQuestion {
  readonly method: 'elicitation/create' | 'sampling/createMessage' | 'roots/list';
  /** As the server sent them, without `_meta` that speaks of one hop. */
  readonly params: JsonObject;
}

/** What a server tells a client on the way. */
export interface ClientNotice {
  readonly method: 'notifications/message' | 'notifications/elicitation/complete';
  readonly params: JsonObject;
}

/**
 * Rounds of a request in the 2026-07-28 era (multi round-trip requests): a server that needs input answers
 * with its questions and a state of its own; the client asks again with the answers and that state. Nothing
 * has to be kept in between.
 */
export interface InputRound {
  /** Answers to the questions of the round before, by their keys. */
  readonly responses?: JsonObject;
  /** What the server gave the client to bring back. */
  readonly state?: string;
}

/** The client that waits for the answer of one request. */
export interface ClientLink {
  /** What the client says that it can do (MCP `ClientCapabilities`). */
  readonly capabilities: JsonObject;
  /** The least severe log message that the client wants (RFC 5424 names, as MCP has them); none when absent. */
  readonly logLevel?: string;
  /** Puts a question to the client. Rejects when it cannot be asked, or goes; absent where none can be put. */
  ask?(question: ClientQuestion, signal: AbortSignal): Promise<JsonObject>;
  /** Passes a notice on; never throws. */
  notify?(notice: ClientNotice): void;
}
