/**
 * The streams of `subscriptions/listen` that a client of 2026-07-28 opens over stdio. The SDK keeps them
 * and says to nobody which resources they name, so that is read on the way in.
 */
import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';

import { type Caller, type CodeMode, isJsonObject } from '../../core/index.js';
import { callerFrom } from './caller.js';
import { followResource } from './followed-resource.js';
import { clientInfoOf, isListenMessage, narrowToReadable, type ListenMessage } from './listen-filter.js';
import { versionRefusal } from './stdio-version.js';

type Id = string | number;

/** Whose streams these are, and what to do when a resource was updated. */
interface Listening {
  readonly caller: Caller | undefined;
  readonly onUpdate: (uri: string) => void;
}

/** A transport that subscribes for its client; it passes all messages on. */
export class ListeningTransport implements Transport {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: NonNullable<Transport['onmessage']>;
  readonly #wire: Transport;
  readonly #codeMode: CodeMode;
  readonly #listening: Listening;
  /** What ends the subscriptions of each stream, by the id of the request that opened it. */
  readonly #streams = new Map<Id, readonly (() => void)[]>();

  constructor(wire: Transport, codeMode: CodeMode, listening: Listening) {
    this.#wire = wire;
    this.#codeMode = codeMode;
    this.#listening = listening;
  }

  start(): Promise<void> {
    this.#wire.onmessage = (message) => this.#receive(message);
    this.#wire.onerror = (error) => this.onerror?.(error);
    this.#wire.onclose = () => {
      for (const id of [...this.#streams.keys()]) this.#end(id);
      this.onclose?.();
    };
    return this.#wire.start();
  }

  send(message: JSONRPCMessage): Promise<void> {
    return this.#wire.send(message);
  }

  close(): Promise<void> {
    return this.#wire.close();
  }

  #receive(message: JSONRPCMessage): void {
    const refusal = versionRefusal(message);
    if (refusal !== undefined) {
      this.#wire.send(refusal).catch(() => undefined);
      return;
    }
    if (isListenMessage(message) && 'id' in message && message.id !== undefined) {
      void this.#listen(message as ListenMessage & { id: Id } & JSONRPCMessage);
      return;
    }
    if ('method' in message && message.method === 'notifications/cancelled') {
      const { params } = message;
      const id: unknown = isJsonObject(params) ? params['requestId'] : undefined;
      if (typeof id === 'string' || typeof id === 'number') this.#end(id);
    }
    this.onmessage?.(message);
  }

  async #listen(asked: ListenMessage & { id: Id } & JSONRPCMessage): Promise<void> {
    const { caller: self, onUpdate } = this.#listening;
    const caller = callerFrom(undefined, clientInfoOf(asked), undefined, self);
    const { message, uris } = await narrowToReadable(asked, this.#codeMode, caller);
    this.#end(asked.id);
    const stops = uris.map((uri) =>
      followResource(this.#codeMode, { uri, caller, tell: () => onUpdate(uri) }),
    );
    this.#streams.set(asked.id, stops);
    this.onmessage?.(message);
  }

  #end(id: Id): void {
    for (const stop of this.#streams.get(id) ?? []) stop();
    this.#streams.delete(id);
  }
}
