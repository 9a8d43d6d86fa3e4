/** What a client asks to be told of with `subscriptions/listen` (2026-07-28, basic/patterns/subscriptions). */
import { CLIENT_INFO_META_KEY } from '@modelcontextprotocol/server';

import { isJsonArray, isJsonObject, type Caller, type CodeMode, type Json } from '../../core/index.js';
import { isListed, MAX_SUBSCRIPTIONS } from './subscription-desk.js';

/** A request for a stream; beyond its method it may be anything. */
export interface ListenMessage {
  readonly method: string;
  readonly params: { readonly [key: string]: unknown };
}

/** Whether it asks for a stream, well or badly. */
export function isListenMessage(message: unknown): message is ListenMessage {
  if (typeof message !== 'object' || message === null) return false;
  const { method, params } = message as Partial<ListenMessage>;
  return method === 'subscriptions/listen' && isJsonObject(params);
}

/** What the client says of itself with the request. */
export function clientInfoOf({ params }: ListenMessage): unknown {
  const { _meta: meta } = params;
  return isJsonObject(meta) ? meta[CLIENT_INFO_META_KEY] : undefined;
}

/**
 * Takes out the resources that the caller may not read: who may not read one is not told of it, and the
 * acknowledgement says so. What is no list of URIs is left for the SDK to refuse.
 */
export async function narrowToReadable<T extends ListenMessage>(
  message: T,
  codeMode: CodeMode,
  caller: Caller,
): Promise<{ readonly message: T; readonly uris: readonly string[] }> {
  const { notifications } = message.params;
  const wanted = isJsonObject(notifications) ? notifications['resourceSubscriptions'] : undefined;
  if (!isTexts(wanted)) return { message, uris: [] };
  const once = [...new Set(wanted)].slice(0, MAX_SUBSCRIPTIONS);
  const checked = await Promise.all(once.map((uri) => mayRead(codeMode, uri, caller)));
  const uris = once.filter((_, index) => checked[index]);
  const narrowed = { ...(notifications as object), resourceSubscriptions: uris };
  return { message: { ...message, params: { ...message.params, notifications: narrowed } }, uris };
}

function isTexts(value: Json | undefined): value is readonly string[] {
  return value !== undefined && isJsonArray(value) && value.every((item) => typeof item === 'string');
}

async function mayRead(codeMode: CodeMode, uri: string, caller: Caller): Promise<boolean> {
  try {
    await codeMode.checkRead(uri, caller);
    if (await isListed(codeMode, uri, caller)) return true;
    await codeMode.requestContext('resources/read', { uri }, { caller });
    return true;
  } catch {
    return false;
  }
}
