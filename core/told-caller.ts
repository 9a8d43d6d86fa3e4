/** The caller as sinks see it: a copy, so that nobody changes who asks. */
import type { Caller } from './caller.js';

/** Its copy, frozen; what claims hold is not copied. */
export function toldCaller({ id, claims, session }: Caller): Caller {
  return Object.freeze({
    id,
    ...(claims !== undefined && { claims: Object.freeze({ ...claims }) }),
    ...(session !== undefined && { session }),
  });
}
