/**
 * What a ping is, byte for byte: one HTTP request with one line of JSON.
 *
 * The reference page documents each field; another field, another order or another meaning is another
 * `ping` number.
 */
import type { InstallId } from './install-id.js';
import { sizeClass } from './size-class.js';
import type { Counts, Facts } from './tally.js';

/** One request. */
export interface PingRequest {
  readonly url: URL;
  /** Names and values, in their order. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** What a ping tells. */
export interface PingContent {
  readonly install: InstallId;
  readonly facts: Facts;
  readonly counts: Counts;
  /** When it is told, on the clock that the counts are timed by. */
  readonly now: number;
}

/** The format's number. */
const FORMAT = 1;

/** The request that tells this. */
export function pingRequest(address: string, content: PingContent): PingRequest {
  const url = new URL(address);
  const body = bodyOf(content);
  const headers = [
    ['Host', url.host],
    ['User-Agent', 'toolscript'],
    ['Content-Type', 'application/json'],
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Connection', 'close'],
  ] as const;
  return { url, headers, body };
}

function bodyOf({ install, facts, counts, now }: PingContent): string {
  const { scripts, toolCalls } = counts;
  const { success, error, timeout, limit, refused, cancelled } = scripts;
  const told = {
    ping: FORMAT,
    id: install.id,
    idKept: install.isKept,
    version: facts.version,
    node: Number.parseInt(process.versions.node, 10),
    platform: process.platform,
    codeMode: facts.codeMode,
    optimizer: facts.optimizer,
    backends: sizeClass(facts.backends),
    tools: sizeClass(facts.tools),
    seconds: Math.max(0, Math.round((now - counts.since) / 1_000)),
    scripts: { success, error, timeout, limit, refused, cancelled },
    toolCalls: { script: toolCalls.script, direct: toolCalls.direct },
  };
  return `${JSON.stringify(told)}\n`;
}
