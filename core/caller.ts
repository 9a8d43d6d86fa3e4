/** Who asks, and the name of who does not say. */
import type { JsonObject } from './json.js';

/** Who asks. The host says it; a script cannot. */
export interface Caller {
  /** A stable name of the caller; `anonymous` when nobody said. */
  readonly id: string;
  /** What is known of the caller, e.g. the claims of a token. */
  readonly claims?: JsonObject;
  /** The session of the client, when there is one. */
  readonly session?: string;
}

/** The caller of a run that names none. */
export const ANONYMOUS: Caller = { id: 'anonymous' };
