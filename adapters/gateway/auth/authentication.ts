/** Lets callers in who show a bearer token: one that is known, or one of an identity provider. */
import type { AuthInfo } from '@modelcontextprotocol/server';

import { systemClock, ToolscriptError, type Clock, type JsonObject } from '../../../core/index.js';
import type { Authenticator } from '../authenticator.js';
import { JwtVerifier, type JwtRules } from './jwt-verifier.js';
import { jwkFault, localKeys, pemFault } from './local-keys.js';
import { Refusal, refusalResponse, type Challenge } from './refusal.js';
import { RemoteKeys } from './remote-keys.js';
import { metadataResponse, metadataUrl, type ResourceMetadata } from './resource-metadata.js';
import { StaticTokens, tokenFaults, type StaticToken } from './static-tokens.js';

/** Who is let in. */
export interface AuthOptions {
  readonly tokens?: readonly StaticToken[] | undefined;
  readonly jwt?: JwtOptions | undefined;
  /**
   * The public address of the endpoint. Default: the audience, when that is an address; else the one that
   * a request came to.
   */
  readonly resource?: string | undefined;
  /** The path under which the endpoint answers; default `/mcp`. */
  readonly path?: string | undefined;
}

/** Which tokens of an identity provider are good, and where its keys are: one of three. */
export interface JwtOptions extends JwtRules {
  /** Https, or http on loopback. */
  readonly jwksUrl?: string | undefined;
  readonly keys?: readonly JsonObject[] | undefined;
  /** Public keys or certificates in PEM. */
  readonly publicKey?: string | undefined;
}

/** What tests hand in. */
export interface AuthSurroundings {
  readonly clock?: Clock;
  readonly now?: () => Date;
  readonly fetch?: typeof globalThis.fetch;
}

/** The longest token that is looked at. */
const MAX_TOKEN_LENGTH = 16 * 1024;
const BEARER = /^Bearer +([\w.~+/-]+=*) *$/i;

/** One fault of the options, with the way to it. */
export interface AuthFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** Everything wrong with options; no token and no key is in it. */
export function authFaults({ tokens = [], jwt }: AuthOptions): AuthFault[] {
  const none = tokens.length === 0 && jwt === undefined;
  return [
    ...(none ? [{ path: [], message: 'found neither tokens nor jwt, wanted one of them' }] : []),
    ...tokenFaults(tokens).map(({ index, message }) => ({ path: ['tokens', index], message })),
    ...(jwt === undefined ? [] : jwtFaults(jwt)),
  ];
}

/** Makes the authenticator of an endpoint; throws `config/invalid` with every fault of the options. */
export function createAuthenticator(
  options: AuthOptions,
  surroundings: AuthSurroundings = {},
): Authenticator {
  const faults = authFaults(options);
  if (faults.length > 0) {
    const message = faults.map(({ path, message: fault }) =>
      [path.join('.'), fault].filter(Boolean).join(': '),
    );
    throw new ToolscriptError({ code: 'config/invalid', message: `authenticate: ${message.join('; ')}` });
  }
  return new BearerAuthenticator(options, surroundings);
}

class BearerAuthenticator implements Authenticator {
  readonly #tokens: StaticTokens;
  readonly #jwt: JwtVerifier | undefined;
  readonly #metadata: ResourceMetadata | undefined;
  readonly #scopes: readonly string[];

  constructor({ tokens = [], jwt, resource, path = '/mcp' }: AuthOptions, surroundings: AuthSurroundings) {
    const { now = () => new Date(), clock = systemClock } = surroundings;
    this.#tokens = new StaticTokens(tokens);
    this.#jwt = jwt && new JwtVerifier(jwt, keysOf(jwt, surroundings), { now, clock });
    this.#scopes = jwt?.requiredScopes ?? [];
    this.#metadata = jwt && {
      resource: resource ?? [jwt.audience].flat().find(isWebAddress),
      path,
      issuer: jwt.issuer,
      scopes: this.#scopes,
    };
  }

  async authenticate(request: Request): Promise<AuthInfo | Response> {
    try {
      return await this.#sender(bearerOf(request));
    } catch (error) {
      if (error instanceof Refusal) return refusalResponse(error, this.#challenge(request));
      throw error;
    }
  }

  async answer(request: Request): Promise<Response | undefined> {
    return Promise.resolve(this.#metadata && metadataResponse(this.#metadata, request));
  }

  async #sender(token: string): Promise<AuthInfo> {
    const known = this.#tokens.verify(token);
    if (known !== undefined) return known;
    if (this.#jwt === undefined) throw new Refusal('invalid', 'the token is not valid');
    return this.#jwt.verify(token);
  }

  #challenge(request: Request): Challenge {
    return { scopes: this.#scopes, metadataUrl: this.#metadata && metadataUrl(this.#metadata, request) };
  }
}

function bearerOf(request: Request): string {
  const header = request.headers.get('authorization');
  if (header === null || !/^Bearer\b/i.test(header)) throw new Refusal('missing', 'a bearer token is wanted');
  if (header.length > MAX_TOKEN_LENGTH) throw new Refusal('invalid', 'the token is too long');
  const [, token] = BEARER.exec(header) ?? [];
  if (token === undefined) throw new Refusal('invalid', 'the token is not well formed');
  return token;
}

function keysOf(jwt: JwtOptions, { clock = systemClock, fetch }: AuthSurroundings) {
  const { jwksUrl: url, keys = [], publicKey } = jwt;
  return url === undefined ? localKeys(keys, publicKey) : new RemoteKeys({ url, clock, fetch }).keyFor;
}

function jwtFaults({ jwksUrl, keys, publicKey }: JwtOptions): AuthFault[] {
  const given = [jwksUrl, keys, publicKey].filter((source) => source !== undefined).length;
  const pem = publicKey === undefined ? undefined : pemFault(publicKey);
  return [
    ...(given === 1
      ? []
      : [
          {
            path: ['jwt'],
            message: `found ${given} sources of keys, wanted one of jwksUrl, keys and publicKeyFile`,
          },
        ]),
    ...(jwksUrl === undefined || isSafeAddress(jwksUrl)
      ? []
      : [
          {
            path: ['jwt', 'jwksUrl'],
            message: 'found an address that others can read along, wanted https://',
          },
        ]),
    ...(keys ?? []).flatMap((key, index) => {
      const message = jwkFault(key);
      return message === undefined ? [] : [{ path: ['jwt', 'keys', index], message }];
    }),
    ...(pem === undefined ? [] : [{ path: ['jwt', 'publicKeyFile'], message: pem }]),
  ];
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

function isSafeAddress(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname));
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text);
}
