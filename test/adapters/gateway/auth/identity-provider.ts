/** An identity provider for tests: keys, tokens, and an address for the keys that can be broken. */
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';

export const ISSUER = 'https://id.example';
export const AUDIENCE = 'https://mcp.example/mcp';
/** Now, to every test; in seconds. */
export const NOW_S = 1_900_000_000;
export const now = (): Date => new Date(NOW_S * 1000);

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

export interface SigningKey {
  readonly jwk: JWK;
  readonly pair: KeyPair;
  readonly alg: string;
}

export async function signingKey(kid: string, alg = 'ES256'): Promise<SigningKey> {
  const pair = await generateKeyPair(alg, { extractable: true });
  return { jwk: { ...(await exportJWK(pair.publicKey)), kid, alg }, pair, alg };
}

/** A good token, but for the claims and header fields given. */
export function tokenOf(key: SigningKey, claims: object = {}, header: object = {}): Promise<string> {
  const good = { iss: ISSUER, aud: AUDIENCE, sub: 'alice', exp: NOW_S + 60, ...claims };
  return new SignJWT(JSON.parse(JSON.stringify(good)) as JWTPayload)
    .setProtectedHeader({ alg: key.alg, kid: key.jwk.kid!, ...header })
    .sign(key.pair.privateKey);
}

/** Three parts that look like a token; signed by nobody. */
export function unsigned(header: object, claims: object, signature = ''): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${signature}`;
}

/** The address of the keys: answers what it holds, and counts. */
export class KeyAddress {
  keys: JWK[];
  asked = 0;
  answer: (() => Promise<Response>) | undefined;

  constructor(...keys: JWK[]) {
    this.keys = keys;
  }

  readonly fetch: typeof globalThis.fetch = (_url, init) => {
    this.asked += 1;
    const aborted = new Promise<Response>((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });
    return Promise.race([aborted, this.answer?.() ?? Promise.resolve(Response.json({ keys: this.keys }))]);
  };
}
