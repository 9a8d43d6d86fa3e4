/**
 * Puts records into lines that hang together: each carries the digest of the line before, so that none can
 * be changed, cut out or put in without the next one showing it. With a key, nobody without it can make
 * lines that fit.
 */
import { createHash, createHmac } from 'node:crypto';

/** The version of the records. */
export const RECORD_VERSION = 1;

/** What every line begins with. */
export const LINE_START = `{"v":${String(RECORD_VERSION)},"boot":"`;

/** What the first line of all carries for the digest of the one before. */
export const NO_LINE_BEFORE = '0'.repeat(64);

/** SHA-256 of a text as UTF-8, hexadecimal; HMAC-SHA-256 with a key. */
export function digestOf(text: string, key: string | undefined): string {
  const hash = key === undefined ? createHash('sha256') : createHmac('sha256', key);
  return hash.update(text).digest('hex');
}

/** Where a chain stands. */
export interface ChainPlace {
  /** The process that writes. */
  readonly boot: string;
  /** The number of the next line, from 1 in each process. */
  readonly seq: number;
  /** The digest of the line before. */
  readonly prev: string;
}

/** A record's line, with its line feed, and the place after it. `body` is the JSON text of an object. */
export function chained(
  body: string,
  { boot, seq, prev }: ChainPlace,
  key: string | undefined,
): readonly [line: string, next: ChainPlace] {
  const text = `${LINE_START}${boot}","seq":${String(seq)},"prev":"${prev}",${body.slice(1)}`;
  return [`${text}\n`, { boot, seq: seq + 1, prev: digestOf(text, key) }];
}
