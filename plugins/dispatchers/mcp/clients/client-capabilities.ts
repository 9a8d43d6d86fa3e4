/** What clients can do, as we say it to servers. */
import type { JsonObject } from '../../../../core/index.js';

/**
 * What servers are told before it is known which client a request will come from. Not `roots`: servers
 * take the gateway's for the whole truth, and drop the folders of their own configuration.
 */
export const DECLARED_CAPABILITIES = { elicitation: { form: {}, url: {} }, sampling: {} };

/** Nobody is there to be asked. */
export const NO_CAPABILITIES: JsonObject = {};

/** Of a client's capabilities those that a server behind a gateway can make use of. */
export function passedCapabilities(capabilities: JsonObject): JsonObject {
  const passed = Object.entries(capabilities).filter(([name]) => PASSED.has(name));
  return passed.length === 0 ? NO_CAPABILITIES : Object.fromEntries(passed);
}

const PASSED: ReadonlySet<string> = new Set(['elicitation', 'sampling', 'roots']);
