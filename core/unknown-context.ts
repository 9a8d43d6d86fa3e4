/** The error of a resource or prompt that is not there, or that the caller may not know of. */
import type { ContextMethod } from './context-source.js';
import { ToolscriptError } from './error.js';
import type { RpcError } from './error.js';
import type { JsonObject } from './json.js';

/** What a server without it would answer. */
export function unknownContext(method: ContextMethod, params: JsonObject): ToolscriptError {
  const rpc = ANSWERS[method](params);
  const message = `${method}: ${rpc.message.toLowerCase()}`;
  return new ToolscriptError({ code: 'context/unknown', message }, { rpc });
}

const RESOURCE_NOT_FOUND = -32_002;
const INVALID_PARAMS = -32_602;

const ANSWERS: { readonly [method in ContextMethod]: (params: JsonObject) => RpcError } = {
  'resources/read': ({ uri = null }) => ({
    code: RESOURCE_NOT_FOUND,
    message: 'Resource not found',
    data: { uri },
  }),
  'prompts/get': () => ({ code: INVALID_PARAMS, message: 'Unknown prompt' }),
  'completion/complete': () => ({ code: INVALID_PARAMS, message: 'Unknown reference' }),
};
