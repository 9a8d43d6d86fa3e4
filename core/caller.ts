/** Who asks, and the name of who does not say. */
import type { JsonObject } from './json.js';

/** Who asks. The host says it; a script cannot. */
export interface Caller {
  /** A stable name of the caller; `anonymous` when nobody said. */
  readonly id: string;
  /** What is known of the caller, e.g. the claims of a token. */
  readonly claims?: JsonObject;
  /**
   * The session of the client, when there is one: a label that is the same as long as the session, and another
   * for every other. It is no secret, and never the id by which the client goes on with its session.
   */
  readonly session?: string;
}

/** The caller of a run that names none. */
export const ANONYMOUS: Caller = { id: 'anonymous' };
