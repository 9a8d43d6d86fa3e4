/** Who calls from this machine: the client over standard input, and the user of the command line. */
import { ANONYMOUS, type Caller } from '../../core/index.js';
import type { Manifest } from '../../core/manifest/index.js';

/** The caller that the manifest names, else nobody in particular. */
export function ownCaller({ stdio }: Manifest): Caller {
  if (stdio.caller === undefined) return ANONYMOUS;
  const { id, roles = [], scopes = [], claims = {} } = stdio.caller;
  return { id, claims: { ...claims, roles, scopes } };
}
