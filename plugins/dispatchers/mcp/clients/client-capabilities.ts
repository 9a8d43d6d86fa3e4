/** What clients can do: as we say it to servers, and what is refused on behalf of one that cannot. */
import type { ClientQuestion, JsonObject, RpcError } from '../../../../core/index.js';
import { isRecord } from '../message/loose-json.js';

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

const METHOD_NOT_FOUND = -32_601;
const INVALID_PARAMS = -32_602;

/** What a client that cannot answer a question would say to it; nothing when it can. */
export function refusalOf(question: ClientQuestion, capabilities: JsonObject): RpcError | undefined {
  const { method, params } = question;
  if (method === 'elicitation/create') return elicitationRefusal(params, capabilities['elicitation']);
  if (method === 'sampling/createMessage') return samplingRefusal(params, capabilities['sampling']);
  return isRecord(capabilities['roots']) ? undefined : cannot(method);
}

function elicitationRefusal({ mode = 'form' }: JsonObject, capability: unknown): RpcError | undefined {
  if (!isRecord(capability)) return cannot('elicitation/create');
  const modes = Object.keys(capability).length === 0 ? { form: {} } : capability;
  if (typeof mode === 'string' && isRecord(Object.entries(modes).find(([name]) => name === mode)?.[1]))
    return undefined;
  return { code: INVALID_PARAMS, message: 'the client does not support this mode of elicitation' };
}

function samplingRefusal(params: JsonObject, capability: unknown): RpcError | undefined {
  if (!isRecord(capability)) return cannot('sampling/createMessage');
  const wantsTools = params['tools'] !== undefined || params['toolChoice'] !== undefined;
  if (!wantsTools || isRecord(capability['tools'])) return undefined;
  return { code: INVALID_PARAMS, message: 'the client does not support tools in sampling' };
}

function cannot(method: ClientQuestion['method']): RpcError {
  return { code: METHOD_NOT_FOUND, message: `the client does not support ${method}` };
}
