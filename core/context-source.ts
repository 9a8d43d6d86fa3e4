/** Contract: the resources and prompts of the servers behind a dispatcher; what MCP calls context. */
import type { ClientLink, InputRound } from './client-link.js';
import type { JsonObject } from './json.js';
import type { Caller } from './caller.js';
import type { Progress } from './progress.js';

/** What can be listed. */
export type ContextKind = 'resources' | 'resourceTemplates' | 'prompts';

/** What can be asked for. */
export type ContextMethod = 'resources/read' | 'prompts/get' | 'completion/complete';

/** One request for context. */
export interface ContextRequest {
  readonly method: ContextMethod;
  /** The parameters of MCP without `_meta`; a prompt goes by its name as listed. */
  readonly params: JsonObject;
  readonly caller: Caller;
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
  /** MCP `_meta` to pass on. */
  readonly meta?: JsonObject;
  readonly onProgress?: (progress: Progress) => void;
  readonly client?: ClientLink;
  /**
   * Given where a server's questions may be the answer, as in the 2026-07-28 era: then a result whose
   * `resultType` is `input_required` is passed on as it is.
   */
  readonly input?: InputRound;
}

/**
 * Lists and answers as the servers do, fields kept as they came. `list` answers the very same array until
 * something changed; the dispatcher's `onChange` tells that it may have. `request` rejects with a
 * ToolscriptError (`context/unknown`, `context/failed`, `backend/unavailable`).
 */
export interface ContextSource {
  /** What this caller may see, in a stable order. */
  list(kind: ContextKind, caller: Caller): readonly JsonObject[] | Promise<readonly JsonObject[]>;
  request(request: ContextRequest): Promise<JsonObject>;
  /** Tells when a resource was updated; the answer stops it. */
  subscribe?(uri: string, listener: () => void): () => void;
}
