/** One authenticator in front of those of compositions that follow each other: a token may be exchanged while clients stay. */
import type { Authenticator } from './compose/index.js';

/** Asks whoever is in charge now. */
export class AuthenticatorSwitch implements Authenticator {
  #current: Authenticator;

  constructor(first: Authenticator) {
    this.#current = first;
  }

  /** Closes the one before. */
  async switchTo(next: Authenticator): Promise<void> {
    const before = this.#current;
    this.#current = next;
    await before.close?.();
  }

  authenticate(request: Request): ReturnType<Authenticator['authenticate']> {
    return this.#current.authenticate(request);
  }

  async answer(request: Request): Promise<Response | undefined> {
    return this.#current.answer?.(request);
  }

  async close(): Promise<void> {
    await this.#current.close?.();
  }
}
