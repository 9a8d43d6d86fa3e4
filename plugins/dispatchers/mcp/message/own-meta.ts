/** `_meta`: what speaks of one hop, or for the sender, stays on its hop. */
import type { JsonObject } from '../../../../core/index.js';
import { isRecord } from './loose-json.js';

const OWN_KEYS =
  /^(progressToken$|io\.modelcontextprotocol\/(protocolVersion|clientInfo|clientCapabilities|logLevel|subscriptionId|related-task)$)/;

/** The entries of a `_meta` that may be passed on to another hop. */
export function passedMeta(meta: JsonObject): [string, JsonObject[string]][] {
  return Object.entries(meta).filter(([key]) => !OWN_KEYS.test(key));
}

/** The same parameters without what their `_meta` says of one hop. */
export function withoutOwnMeta(params: JsonObject): JsonObject {
  const { _meta, ...rest } = params;
  if (!isRecord(_meta)) return rest;
  const passed = passedMeta(_meta);
  return passed.length === 0 ? rest : { ...rest, _meta: Object.fromEntries(passed) };
}
