/** Tokens that are known beforehand: for a few callers without an identity provider. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/server';

import type { JsonObject } from '../../../core/index.js';

/** One token and whose it is. */
export interface StaticToken {
  /** The caller's id. */
  readonly id: string;
  /** The token, at least 16 characters; or its digest. */
  readonly token?: string | undefined;
  /** SHA-256 of the token, hexadecimal. */
  readonly sha256?: string | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly scopes?: readonly string[] | undefined;
  /** Whatever else policies decide by. */
  readonly claims?: JsonObject | undefined;
}

const MIN_TOKEN_LENGTH = 16;
/** What an Authorization header can carry (RFC 6750 section 2.1). */
const TOKEN = /^[\w.~+/-]+=*$/;
const SHA256 = /^[\da-f]{64}$/i;
const MAX_TOKENS = 1_000;

/** The tokens, kept as digests. */
export class StaticTokens {
  readonly #entries: readonly Entry[];

  /** Takes tokens that have no {@link tokenFaults}. */
  constructor(tokens: readonly StaticToken[]) {
    this.#entries = tokens.map((token) => ({ digest: digestOf(token), holder: holderOf(token) }));
  }

  /** Whose token it is. Every token is compared, each in constant time. */
  verify(token: string): AuthInfo | undefined {
    const digest = sha256(token);
    let holder: AuthInfo | undefined;
    for (const entry of this.#entries) {
      if (timingSafeEqual(entry.digest, digest)) holder = entry.holder;
    }
    return holder;
  }
}

interface Entry {
  readonly digest: Buffer;
  readonly holder: AuthInfo;
}

function digestOf({ token, sha256: hex }: StaticToken): Buffer {
  return token === undefined ? Buffer.from(hex ?? '', 'hex') : sha256(token);
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function holderOf({ id, roles = [], scopes = [], claims = {} }: StaticToken): AuthInfo {
  return { token: '', clientId: id, scopes: [...scopes], extra: { ...claims, roles: [...roles] } };
}

/** Everything wrong with tokens, by their place; a token itself is never shown. */
export function tokenFaults(tokens: readonly StaticToken[]): { index: number; message: string }[] {
  const digests = new Set<string>();
  const faults = tokens.flatMap((token, index) => {
    const message = tokenFault(token) ?? repeated(token, digests);
    return message === undefined ? [] : [{ index, message }];
  });
  if (tokens.length > MAX_TOKENS)
    faults.push({ index: MAX_TOKENS, message: `found more tokens, wanted at most ${MAX_TOKENS}` });
  return faults;
}

function tokenFault({ token, sha256: hex }: StaticToken): string | undefined {
  if ((token === undefined) === (hex === undefined)) {
    return `found ${token === undefined ? 'neither token nor sha256' : 'token and sha256'}, wanted one of them`;
  }
  if (hex !== undefined)
    return SHA256.test(hex) ? undefined : 'found a sha256 that is none, wanted 64 hexadecimal digits';
  if (token!.length < MIN_TOKEN_LENGTH)
    return `found a token of fewer characters, wanted at least ${MIN_TOKEN_LENGTH}`;
  return TOKEN.test(token!)
    ? undefined
    : 'found a token that no header can carry, wanted letters, digits and -._~+/';
}

function repeated(token: StaticToken, digests: Set<string>): string | undefined {
  const digest = digestOf(token).toString('hex');
  if (digests.has(digest)) return 'found the token of another entry, wanted one of its own';
  digests.add(digest);
  return undefined;
}
