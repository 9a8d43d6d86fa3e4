/** The part of the manifest that says how clients are served over HTTP. */
import { z } from 'zod';

import { authSection } from './auth-section.js';

const text = () => z.string().min(1);
const DAY_MS = 86_400_000;
const MAX_COUNT = 1_000_000;

const count = (description: string) => z.int().min(1).max(MAX_COUNT).exactOptional().describe(description);
const duration = (description: string) => z.int().min(1).max(DAY_MS).exactOptional().describe(description);

const origin = () =>
  text().refine(isOrigin, { error: 'an origin as browsers write it, such as https://app.example' });

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { origin: own, protocol, host } = new URL(value);
  return value === (own === 'null' ? `${protocol}//${host}` : own);
}

const tls = z
  .strictObject({
    cert: text().describe("The certificate chain, a file in PEM; relative to the manifest's folder."),
    key: text().describe("Its private key, a file in PEM; relative to the manifest's folder."),
  })
  .exactOptional()
  .describe('Serves over TLS.');

/** Where clients are served, who may come, and what they may take. */
export const httpSection = z.strictObject({
  host: text().default('127.0.0.1').describe('Where to listen.'),
  port: z.int().min(0).max(65_535).default(8_080).describe('The port to listen on; 0 takes a free one.'),
  path: z
    .string()
    .refine((path) => path.startsWith('/'), { error: 'a path that starts with /' })
    .default('/mcp')
    .describe('The path that answers.'),
  allowedHosts: z
    .array(text())
    .exactOptional()
    .describe(
      'Host names, without port, by which clients may come; loopback always. Needed for any other host.',
    ),
  allowedOrigins: z
    .array(origin())
    .exactOptional()
    .describe('Origins of web pages that may come, beside pages of the allowed hosts.'),
  insecure: z
    .boolean()
    .default(false)
    .describe(
      'Lets a host that others can reach be served without authentication: a proxy in front does it.',
    ),
  auth: authSection
    .exactOptional()
    .describe('Who is let in. Without it nobody is asked, and every caller is anonymous.'),
  tls,
  trustedProxies: z
    .array(text())
    .exactOptional()
    .describe('Addresses or networks (10.0.0.0/8) of proxies whose X-Forwarded-For is believed.'),
  requestsPerMinute: count('Requests that one address may send within a minute. Default: any number.'),
  readyWhen: z
    .enum(['started', 'any-up', 'all-up'])
    .default('started')
    .describe('What /readyz waits for: the first listing alone, or that one or all servers are up.'),
  drainMs: z
    .int()
    .min(0)
    .max(DAY_MS)
    .default(25_000)
    .describe('Milliseconds that requests under way may take after a signal to end, drainDelayMs included.'),
  drainDelayMs: z
    .int()
    .min(0)
    .max(DAY_MS)
    .default(0)
    .describe(
      'Milliseconds after that signal in which new requests are still taken, while /readyz says 503.',
    ),
  maxBodyBytes: z
    .int()
    .min(1_024)
    .max(1024 * 1024 * 1024)
    .exactOptional()
    .describe('Bytes of one request. Default 8 MiB.'),
  maxConnections: count('Connections at once. Default 4000.'),
  maxSessions: count('Sessions of clients of 2025-11-25 and older. Default 1000.'),
  sessionIdleMs: duration('Milliseconds after which an unused session ends. Default one hour.'),
  headersTimeoutMs: duration('Milliseconds that the headers of a request may take. Default 15 s.'),
  requestTimeoutMs: duration('Milliseconds that a request may take to arrive. Default 30 s.'),
  keepAliveTimeoutMs: duration('Milliseconds that an unused connection is kept. Default 75 s.'),
  stallTimeoutMs: duration('Milliseconds that a client may leave its answer unread. Default 60 s.'),
  streamPingMs: duration('Milliseconds between the comments on an idle stream. Default 15 s.'),
});

/** How clients are served over HTTP, as the manifest says it. */
export type HttpSection = z.output<typeof httpSection>;
