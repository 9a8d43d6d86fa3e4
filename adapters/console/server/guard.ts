/**
 * Lets in only the page that this server sent, opened by whoever has the token. `Host` holds against DNS
 * rebinding, `Origin` and `Sec-Fetch-Site` against other pages of this machine, the token against everybody. It
 * comes in a header that no other page can set, and in no cookie: those are shared by all ports of a host.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

import { RouteFault } from './fault.js';

/** One server's guard. */
export class Guard {
  readonly token = randomBytes(32).toString('base64url');
  readonly #digest = digestOf(this.token);
  #hosts: readonly string[] = [];

  /** From now on the server is known by this port. */
  setPort(port: number): void {
    this.#hosts = ['127.0.0.1', 'localhost'].map((name) => `${name}:${String(port)}`);
  }

  /** Throws for a request by a foreign name, or from a foreign page. */
  checkPlace({ headers }: IncomingMessage): void {
    const { host = '', origin } = headers;
    if (!this.#hosts.includes(host.toLowerCase())) throw refused(403, 'Host is not of this console');
    if (origin !== undefined && !this.#hosts.some((name) => origin === `http://${name}`)) {
      throw refused(403, 'Origin is not of this console');
    }
    if (!OWN_SITES.has(headers['sec-fetch-site'])) throw refused(403, 'the request comes from another page');
  }

  /** Throws without the token. */
  checkToken({ headers: { authorization = '' } }: IncomingMessage): void {
    const [, given = ''] = /^Bearer ([\w-]{1,200})$/i.exec(authorization) ?? [];
    if (!timingSafeEqual(digestOf(given), this.#digest)) {
      throw refused(
        401,
        'open the console by the address that it printed: the token is missing or of another one',
      );
    }
  }
}

/** Who sends no such header is no browser, or an old one; `none` is what somebody typed. */
const OWN_SITES: ReadonlySet<unknown> = new Set([undefined, 'same-origin', 'none']);

function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

function refused(status: number, message: string): RouteFault {
  return new RouteFault(status, 'request/invalid', `console: ${message}`);
}
