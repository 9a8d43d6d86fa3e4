/** The requests of one client that wait for their answer, by the messages that pass. */
import type { JSONRPCMessage, RequestId, Transport } from '@modelcontextprotocol/server';

/** Stands until somebody ends it: nobody waits for its answer. */
const STANDING = 'subscriptions/listen';

/** Counts them on a transport, from when they arrive to when their answer is handed over. */
export class UnansweredRequests {
  readonly #ids = new Set<RequestId>();
  #waiting: (() => void)[] = [];

  /** Watches a transport whose handlers are in place. */
  constructor(transport: Transport) {
    const { onmessage } = transport;
    const send = transport.send.bind(transport);
    transport.onmessage = (message, extra) => {
      this.#meet(message);
      onmessage?.(message, extra);
    };
    transport.send = async (message, options) => {
      try {
        await send(message, options);
      } finally {
        if (!('method' in message) && message.id !== undefined) this.#end(message.id);
      }
    };
  }

  /** Resolves as soon as none waits. */
  settled(): Promise<void> {
    if (this.#ids.size === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #meet(message: JSONRPCMessage): void {
    if (!('method' in message)) return;
    if ('id' in message) {
      if (message.method !== STANDING) this.#ids.add(message.id);
    } else if (message.method === 'notifications/cancelled') {
      // What is cancelled is not answered.
      this.#end(message.params?.['requestId'] as RequestId);
    }
  }

  #end(id: RequestId): void {
    if (!this.#ids.delete(id) || this.#ids.size > 0) return;
    for (const go of this.#waiting.splice(0)) go();
  }
}
