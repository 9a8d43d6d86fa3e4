/** Where a message came from, as far as its transport can tell. */
import type { MessageExtraInfo, RequestId } from '@modelcontextprotocol/client';

/** What is known of where a message came from. */
export interface MessageOrigin extends MessageExtraInfo {
  /** The request of ours on whose answer stream it came. */
  readonly stream?: RequestId;
}
