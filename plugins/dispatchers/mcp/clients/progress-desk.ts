/**
 * Brings progress notifications to the calls that asked for them, in the order in which they came. The SDK
 * would drop those that arrive together with the answer.
 */
import type { JSONRPCMessage } from '@modelcontextprotocol/client';

import type { Progress } from '../../../../core/index.js';

type Listener = (step: Progress) => void;

/** The calls of one connection that want to hear of their progress. */
export class ProgressDesk {
  readonly #listeners = new Map<string, Listener>();
  #count = 0;

  /** Registers a call; answers the token to send with it. */
  expect(listener: Listener): string {
    this.#count += 1;
    const token = `call-${this.#count}`;
    this.#listeners.set(token, listener);
    return token;
  }

  /** The call is over. */
  forget(token: string): void {
    this.#listeners.delete(token);
  }

  /** Looks at a message; only progress of a known call is taken. */
  take(message: JSONRPCMessage): void {
    if (!('method' in message) || message.method !== 'notifications/progress') return;
    const { progressToken, progress, total, message: words } = message.params ?? {};
    const listener = typeof progressToken === 'string' ? this.#listeners.get(progressToken) : undefined;
    if (listener === undefined || typeof progress !== 'number') return;
    listener({
      progress,
      ...(typeof total === 'number' && { total }),
      ...(typeof words === 'string' && { message: words }),
    });
  }
}
