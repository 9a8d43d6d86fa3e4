/** Who sends a request over HTTP, as somebody verifies it. */
import type { AuthInfo } from '@modelcontextprotocol/server';

/**
 * Verifies the senders of requests over HTTP. It sees a request's address and headers, never its body:
 * that is read only of a sender who is known.
 */
export interface Authenticator {
  /** The sender, or what they are answered instead: 401 or 403, with a challenge. */
  authenticate(request: Request): Promise<AuthInfo | Response>;
  /** Answers the paths that are its own, before anybody is asked who they are; nothing for other paths. */
  answer?(request: Request): Promise<Response | undefined>;
  /** Called when the door closes. */
  close?(): Promise<void> | void;
}
