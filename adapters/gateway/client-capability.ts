/** What a client must have said that it can do before it may be asked. */
import { isJsonObject, type JsonObject } from '../../core/index.js';

/** Questions that MCP knows, each with the capability that it takes (2026-07-28, basic/patterns/mrtr). */
const NEEDED: Readonly<Record<string, (params: JsonObject) => JsonObject>> = {
  'elicitation/create': ({ mode }) => ({ elicitation: { [mode === 'url' ? 'url' : 'form']: {} } }),
  'sampling/createMessage': ({ tools, toolChoice }) => ({
    sampling: tools === undefined && toolChoice === undefined ? {} : { tools: {} },
  }),
  'roots/list': () => ({ roots: {} }),
};

/** Whether a client can be asked such a thing at all. */
export function isQuestion(method: unknown): method is string {
  return typeof method === 'string' && Object.hasOwn(NEEDED, method);
}

/** The capability that the client lacks for a question, in the shape of MCP's `ClientCapabilities`. */
export function missingCapability(
  method: string,
  params: JsonObject,
  declared: JsonObject,
): JsonObject | undefined {
  const needed = NEEDED[method]!(params);
  const [name, parts] = Object.entries(needed)[0] as [string, JsonObject];
  const has = declared[name];
  if (!isJsonObject(has)) return needed;
  const isThere = (part: string): boolean => part in has || (part === 'form' && isPlainElicitation(has));
  return Object.keys(parts).every(isThere) ? undefined : needed;
}

/** Before there were modes, elicitation was by form. */
function isPlainElicitation(elicitation: JsonObject): boolean {
  return !('url' in elicitation);
}
