/** Public keys that are given beforehand: as JWKs or as PEM text. */
import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { createLocalJWKSet, type JWK, type JWTVerifyGetKey } from 'jose';

import type { JsonObject } from '../../../core/index.js';

/** Keys among which a token finds its own. */
export function localKeys(keys: readonly JsonObject[], pem: string | undefined): JWTVerifyGetKey {
  const fromPem = pem === undefined ? [] : pemBlocks(pem).map(pemKey);
  return createLocalJWKSet({ keys: [...keys, ...fromPem] as JWK[] });
}

/** What is wrong with a JWK as a key that checks signatures; a private or secret one is refused. */
export function jwkFault(key: JsonObject): string | undefined {
  if (key['kty'] === 'oct' || Object.hasOwn(key, 'k')) return 'found a secret key, wanted a public one';
  if (Object.hasOwn(key, 'd')) return 'found a private key, wanted the public one of it';
  return isReadable(() => createPublicKey({ key: key as JsonWebKey, format: 'jwk' }))
    ? undefined
    : 'found no key that can be read, wanted a public RSA, EC or OKP key as JWK';
}

/** The same of PEM text, which may hold several public keys or certificates. */
export function pemFault(pem: string): string | undefined {
  if (/PRIVATE KEY/.test(pem)) return 'found a private key, wanted the public one of it';
  const blocks = pemBlocks(pem);
  return blocks.length > 0 && blocks.every((block) => isReadable(() => pemKey(block)))
    ? undefined
    : 'found no key that can be read, wanted public keys or certificates in PEM';
}

function pemBlocks(pem: string): string[] {
  return pem.match(/-----BEGIN (PUBLIC KEY|CERTIFICATE)-----[^-]+-----END \1-----/g) ?? [];
}

function pemKey(pem: string): JsonWebKey {
  return createPublicKey(pem).export({ format: 'jwk' });
}

function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
