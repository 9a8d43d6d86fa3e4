/**
 * Tokens of an identity provider (RFC 7519, RFC 9068): signed with a key of its own, for this endpoint, by
 * that issuer, and in time.
 *
 * Only algorithms with a public key are known, so no token can pass by `none`, or by using a public key as
 * a shared secret. What a token says of keys (`jwk`, `jku`, `x5u`) is never followed.
 */
import type { AuthInfo } from '@modelcontextprotocol/server';
import { errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';

import {
  isJsonObject,
  TOKEN_ALGORITHMS,
  type Clock,
  type Json,
  type JsonObject,
  type TokenAlgorithm,
} from '../../../core/index.js';
import { GoodTokens } from './good-tokens.js';
import { Refusal } from './refusal.js';

/** Which tokens are good. */
export interface JwtRules {
  readonly issuer: string;
  /** A token must be for one of them. */
  readonly audience: string | readonly string[];
  /** Default: all of {@link TOKEN_ALGORITHMS}. */
  readonly algorithms?: readonly TokenAlgorithm[] | undefined;
  /** How far clocks may be apart, in seconds; default 5. */
  readonly clockToleranceSeconds?: number | undefined;
  /** Which claim is the caller's id; default `sub`. */
  readonly idClaim?: string | undefined;
  /** Which claim holds the caller's roles, as a list or a text with spaces; dots go inside. Default `roles`. */
  readonly rolesClaim?: string | undefined;
  /** Scopes that every token must have. */
  readonly requiredScopes?: readonly string[] | undefined;
}

const CLOCK_TOLERANCE_S = 5;
const MAX_ID_LENGTH = 256;
const MAX_CLAIM_DEPTH = 16;
/** Keys that fit a token which names none: each is tried. */
const MAX_TRIED_KEYS = 10;

/** What time it is. */
export interface JwtTime {
  /** The date by which tokens end. */
  readonly now: () => Date;
  readonly clock: Clock;
}

/** Checks tokens. */
export class JwtVerifier {
  readonly #rules: JwtRules;
  readonly #keyFor: JWTVerifyGetKey;
  readonly #now: () => Date;
  readonly #good: GoodTokens;

  constructor(rules: JwtRules, keyFor: JWTVerifyGetKey, { now, clock }: JwtTime) {
    this.#rules = rules;
    this.#keyFor = keyFor;
    this.#now = now;
    this.#good = new GoodTokens(clock);
  }

  /** Whose token it is; rejects with a {@link Refusal}. */
  async verify(token: string): Promise<AuthInfo> {
    const known = this.#good.get(token);
    if (known !== undefined) return known;
    const sender = await this.#senderOf(token);
    const { clockToleranceSeconds = CLOCK_TOLERANCE_S } = this.#rules;
    const endsMs = ((sender.expiresAt ?? 0) + clockToleranceSeconds) * 1000;
    this.#good.keep(token, sender, endsMs - this.#now().getTime());
    return sender;
  }

  async #senderOf(token: string): Promise<AuthInfo> {
    const claims = await this.#claimsOf(token);
    const scopes = textsOf(claims['scope'] ?? claims['scp']);
    const missing = (this.#rules.requiredScopes ?? []).filter((scope) => !scopes.includes(scope));
    if (missing.length > 0) throw new Refusal('scope', 'the token lacks a scope');
    const roles = textsOf(valueAt(claims, this.#rules.rolesClaim ?? 'roles'));
    const { exp } = claims;
    return {
      token: '',
      clientId: this.#idOf(claims),
      scopes,
      ...(typeof exp === 'number' && { expiresAt: exp }),
      extra: { ...claims, roles },
    };
  }

  async #claimsOf(token: string): Promise<JsonObject> {
    try {
      const claims = (await this.#checked(token)) as JsonObject;
      if (isDeeperThan(claims, MAX_CLAIM_DEPTH))
        throw new Refusal('invalid', 'the claims are nested too deep');
      return claims;
    } catch (error) {
      throw refusalOf(error);
    }
  }

  /** A token that names no key is tried with each that fits. */
  async #checked(token: string): Promise<JWTPayload> {
    const options = this.#options();
    try {
      return (await jwtVerify(token, this.#keyFor, options)).payload;
    } catch (error) {
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      let tried = 0;
      for await (const key of error) {
        tried += 1;
        if (tried > MAX_TRIED_KEYS) break;
        try {
          return (await jwtVerify(token, key, options)).payload;
        } catch (failed) {
          if (!(failed instanceof errors.JWSSignatureVerificationFailed)) throw failed;
        }
      }
      throw new errors.JWSSignatureVerificationFailed();
    }
  }

  #options() {
    const {
      issuer,
      audience,
      algorithms = TOKEN_ALGORITHMS,
      clockToleranceSeconds = CLOCK_TOLERANCE_S,
    } = this.#rules;
    return {
      issuer,
      audience: typeof audience === 'string' ? audience : [...audience],
      algorithms: [...algorithms],
      clockTolerance: clockToleranceSeconds,
      currentDate: this.#now(),
      requiredClaims: ['exp'],
    };
  }

  #idOf(claims: JsonObject): string {
    const id = claims[this.#rules.idClaim ?? 'sub'];
    const fits = typeof id === 'string' && id !== '' && id.length <= MAX_ID_LENGTH && !/\p{Cc}/u.test(id);
    if (!fits) throw new Refusal('invalid', 'the token names no caller');
    return id;
  }
}

/** What the sender reads: which of the few things that are checked was wrong. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const cause = { cause: error };
  if (error instanceof errors.JWTExpired) return new Refusal('invalid', 'the token has expired', cause);
  if (error instanceof errors.JWTClaimValidationFailed) {
    const claim = CHECKED_CLAIMS.find((name) => name === error.claim);
    if (claim !== undefined) return new Refusal('invalid', `the claim ${claim} does not fit`, cause);
  }
  return new Refusal('invalid', 'the token is not valid', cause);
}

const CHECKED_CLAIMS = ['aud', 'iss', 'exp', 'nbf', 'iat'];

/** Texts of a list, or of one text with spaces (RFC 8693 section 4.2). */
function textsOf(value: Json | undefined): string[] {
  if (typeof value === 'string') return value.split(' ').filter((text) => text !== '');
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The claim of this name, else what the dots in it lead to. */
function valueAt(claims: JsonObject, path: string): Json | undefined {
  if (Object.hasOwn(claims, path)) return claims[path];
  return path
    .split('.')
    .reduce<Json | undefined>(
      (at, key) => (isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined),
      claims,
    );
}

function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((item) => isDeeperThan(item, levels - 1));
}
