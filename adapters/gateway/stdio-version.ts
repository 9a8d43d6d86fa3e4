/**
 * Refuses requests over stdio that name a revision which is not served (2026-07-28, basic/versioning). The
 * SDK looks at the first of a connection only; each request speaks for itself.
 */
import {
  PROTOCOL_VERSION_META_KEY,
  UnsupportedProtocolVersionError,
  type JSONRPCMessage,
} from '@modelcontextprotocol/server';

import { isJsonObject } from '../../core/index.js';

/** Revisions that requests name; older ones are agreed on by an introduction. */
const NAMED_VERSIONS = ['2026-07-28'];

/** The answer to such a request; nothing for every other message. */
export function versionRefusal(message: JSONRPCMessage): JSONRPCMessage | undefined {
  if (!('method' in message && 'id' in message)) return undefined;
  const { id, params } = message;
  const meta = params?._meta;
  const requested: unknown = isJsonObject(meta) ? meta[PROTOCOL_VERSION_META_KEY] : undefined;
  if (typeof requested !== 'string' || NAMED_VERSIONS.includes(requested)) return undefined;
  const {
    code,
    message: words,
    data,
  } = new UnsupportedProtocolVersionError({
    supported: NAMED_VERSIONS,
    requested,
  });
  return { jsonrpc: '2.0', id, error: { code, message: words, data } };
}
