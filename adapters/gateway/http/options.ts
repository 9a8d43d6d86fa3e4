/** How HTTP is served: every option, and what holds when nobody says. */
import type { Authenticator } from '../authenticator.js';

/** Where clients are served, and who they may be. */
export interface HttpOptions extends Partial<HttpBounds> {
  /** Default 127.0.0.1. One that others can reach wants {@link authenticator} or {@link insecure}. */
  readonly host?: string;
  /** Default 0: a free one. */
  readonly port?: number;
  /** Default `/mcp`. */
  readonly path?: string;
  /**
   * Host names, without port, by which clients and web pages may come. Default: those of this machine's
   * loopback; a host that others can reach must be given them.
   */
  readonly allowedHosts?: readonly string[];
  /** Origins of web pages that may come too, such as `https://app.example`; pages of the allowed hosts always. */
  readonly allowedOrigins?: readonly string[];
  /** Verifies who sends a request; without it nobody does, and every sender is anonymous. */
  readonly authenticator?: Authenticator;
  /** Lets a host that others can reach be served without an authenticator: a proxy in front verifies. */
  readonly insecure?: boolean;
  /** Serves over TLS; both in PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /**
   * Addresses or networks (`10.0.0.0/8`) of the proxies whose `X-Forwarded-For` is believed. Default: none.
   */
  readonly trustedProxies?: readonly string[];
  /** Requests that one address may send within a minute, asked before anything else. Default: any number. */
  readonly requestsPerMinute?: number;
  /** What `/readyz` waits for, beside the first listing. Default `started`: nothing more. */
  readonly readyWhen?: ReadyWhen;
}

/** Backends that must be up for a gateway to be ready: it need not wait, one of them, all of them. */
export type ReadyWhen = 'started' | 'any-up' | 'all-up';

/** What one door takes at most. Times in milliseconds. */
export interface HttpBounds {
  readonly maxBodyBytes: number;
  /** More are closed as soon as they are made. */
  readonly maxConnections: number;
  /** Sessions of clients of 2025-11-25 and older; the one unused for longest makes room. */
  readonly maxSessions: number;
  /** A session that goes unused for this long ends. */
  readonly sessionIdleMs: number;
  /** From the first byte of a request to the end of its headers. */
  readonly headersTimeoutMs: number;
  /** From the first byte of a request to the end of its body. */
  readonly requestTimeoutMs: number;
  /** A connection without a request is kept for this long; longer than the proxy in front keeps it. */
  readonly keepAliveTimeoutMs: number;
  /** A client that reads nothing of its answer for this long is cut. */
  readonly stallTimeoutMs: number;
  /** A client that leaves more of a stream unread than this is cut. */
  readonly maxUnreadBytes: number;
  /** An idle stream carries a comment this often, so that proxies keep it; 0 for never. */
  readonly streamPingMs: number;
}

const MIB = 1024 * 1024;

/** What holds when nobody says. */
export const DEFAULT_HTTP_BOUNDS: HttpBounds = {
  maxBodyBytes: 8 * MIB,
  maxConnections: 4_000,
  maxSessions: 1_000,
  sessionIdleMs: 3_600_000,
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 30_000,
  keepAliveTimeoutMs: 75_000,
  stallTimeoutMs: 60_000,
  maxUnreadBytes: 8 * MIB,
  streamPingMs: 15_000,
};

/** The bounds that the options leave. */
export function httpBounds(options: HttpOptions): HttpBounds {
  const bounds = { ...DEFAULT_HTTP_BOUNDS };
  for (const name of Object.keys(bounds) as (keyof HttpBounds)[])
    bounds[name] = options[name] ?? bounds[name];
  return bounds;
}
