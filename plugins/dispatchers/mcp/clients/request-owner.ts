/** Whose request one is: what decides who may see the questions and notices of a server that works on it. */
import type { Caller, ClientLink } from '../../../../core/index.js';

/** Who waits for the answer of a request. */
export interface RequestOwner {
  readonly caller: Caller;
  /** Absent: nobody there can be asked or told anything. */
  readonly client?: ClientLink;
  readonly signal: AbortSignal;
}

/** Tells whether two requests come from one client: from the same link, or the same session. */
export function isSameClient(one: RequestOwner, other: RequestOwner): boolean {
  if (one.client !== undefined && one.client === other.client) return true;
  const { id, session } = one.caller;
  return session !== undefined && session === other.caller.session && id === other.caller.id;
}
