/** What a client must have said that it can do before it may be asked: MCP `ClientCapabilities`, of all revisions. */
import type { ClientQuestion } from './client-link.js';
import type { RpcError } from './error.js';
import { isJsonObject } from './json.js';
import type { JsonObject } from './json.js';

/** The questions that MCP knows, each with the capability that it takes. */
const NEEDED: Readonly<Record<ClientQuestion['method'], (params: JsonObject) => JsonObject>> = {
  'elicitation/create': ({ mode }) => ({ elicitation: { [typeof mode === 'string' ? mode : FORM]: {} } }),
  'sampling/createMessage': ({ tools, toolChoice }) => ({
    sampling: tools === undefined && toolChoice === undefined ? {} : { tools: {} },
  }),
  'roots/list': () => ({ roots: {} }),
};

const FORM = 'form';

/** Tells whether a client can be asked such a thing at all. */
export function isClientQuestion(method: unknown): method is ClientQuestion['method'] {
  return typeof method === 'string' && Object.hasOwn(NEEDED, method);
}

/** The capability that the client lacks for a question, as it would declare it; nothing when it can answer. */
export function missingCapability(
  { method, params }: ClientQuestion,
  declared: JsonObject,
): JsonObject | undefined {
  const needed = NEEDED[method](params);
  const [name, parts] = Object.entries(needed)[0] as [string, JsonObject];
  const has = capabilityOf(name, declared);
  if (has === undefined) return needed;
  const isThere = (part: string): boolean =>
    isJsonObject(own(has, part)) || (part === FORM && name === 'elicitation' && !Object.hasOwn(has, 'url'));
  return Object.keys(parts).every(isThere) ? undefined : needed;
}

const METHOD_NOT_FOUND = -32_601;
const INVALID_PARAMS = -32_602;

/** What a client that lacks the capability says to a question; nothing when it can answer. */
export function clientRefusal(question: ClientQuestion, declared: JsonObject): RpcError | undefined {
  const missing = missingCapability(question, declared);
  if (missing === undefined) return undefined;
  const [name, parts] = Object.entries(missing)[0] as [string, JsonObject];
  if (capabilityOf(name, declared) === undefined)
    return { code: METHOD_NOT_FOUND, message: `the client does not support ${question.method}` };
  const part = Object.keys(parts).join();
  return { code: INVALID_PARAMS, message: `the client does not support "${part}" in ${question.method}` };
}

function capabilityOf(name: string, declared: JsonObject): JsonObject | undefined {
  const capability = own(declared, name);
  return isJsonObject(capability) ? capability : undefined;
}

/** Names come from servers: what every object inherits is no capability. */
function own(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}
