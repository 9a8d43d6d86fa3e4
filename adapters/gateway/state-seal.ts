/**
 * Seals what a server behind us gives a client of 2026-07-28 to bring back (`requestState`,
 * basic/patterns/mrtr): nobody else reads it, and it is good for one caller, one request and a while.
 *
 * Every gateway with the same secret opens it: nothing is kept here. It does not say that it is used once;
 * a server for which that matters must see to it.
 */
import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

import { isJsonObject, type Json, type JsonObject } from '../../core/index.js';

/** Whose state it is, and of which request. */
export interface StatePurpose {
  readonly caller: string;
  readonly method: string;
  readonly params: JsonObject;
}

/** How states are sealed. */
export interface StateSealOptions {
  /** The same for all gateways that open each other's states. Default: a random one. */
  readonly secret?: string | undefined;
  /** The time of day in milliseconds; default: the machine's. */
  readonly now?: () => number;
}

/** The longest state of a server, in bytes. */
export const MAX_STATE_BYTES = 256 * 1024;
/** How long a state is good. */
export const STATE_TTL_MS = 900_000;

const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const EXPIRY_BYTES = 6;
const TAG_BYTES = 16;
const HEAD_BYTES = NONCE_BYTES + EXPIRY_BYTES;
const MAX_SEALED_LENGTH = Math.ceil(((MAX_STATE_BYTES + HEAD_BYTES + TAG_BYTES) * 4) / 3);

/** One gateway's seal. */
export class StateSeal {
  readonly #key: Uint8Array;
  readonly #now: () => number;

  constructor({ secret, now = Date.now }: StateSealOptions) {
    const source = secret ?? randomBytes(KEY_BYTES);
    this.#key = new Uint8Array(hkdfSync('sha256', source, '', 'toolscript requestState 1', KEY_BYTES));
    this.#now = now;
  }

  /** The state as the client gets it; nothing when it is longer than is sealed. */
  seal(state: string, purpose: StatePurpose): string | undefined {
    const text = Buffer.from(state);
    if (text.length > MAX_STATE_BYTES) return undefined;
    const nonce = randomBytes(NONCE_BYTES);
    const expiry = Buffer.alloc(EXPIRY_BYTES);
    expiry.writeUIntBE(this.#now() + STATE_TTL_MS, 0, EXPIRY_BYTES);
    const cipher = createCipheriv(CIPHER, this.#key, nonce).setAAD(bindingOf(expiry, purpose));
    const sealed = Buffer.concat([cipher.update(text), cipher.final()]);
    return Buffer.concat([nonce, expiry, sealed, cipher.getAuthTag()]).toString('base64url');
  }

  /** The server's state; nothing for what is not good here, now, for this. */
  open(sealed: string, purpose: StatePurpose): string | undefined {
    if (sealed.length > MAX_SEALED_LENGTH) return undefined;
    const bytes = Buffer.from(sealed, 'base64url');
    if (bytes.length < HEAD_BYTES + TAG_BYTES) return undefined;
    const expiry = bytes.subarray(NONCE_BYTES, HEAD_BYTES);
    if (expiry.readUIntBE(0, EXPIRY_BYTES) < this.#now()) return undefined;
    const cipher = createDecipheriv(CIPHER, this.#key, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    cipher.setAAD(bindingOf(expiry, purpose)).setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const text = cipher.update(bytes.subarray(HEAD_BYTES, -TAG_BYTES));
      return Buffer.concat([text, cipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}

/** What a state is bound to, besides its time. */
function bindingOf(expiry: Buffer, { caller, method, params }: StatePurpose): Buffer {
  const request = JSON.stringify([caller, method, params], canonical);
  return Buffer.concat([expiry, createHash('sha256').update(request).digest()]);
}

/** The same text for the same value, in whatever order its keys came. */
function canonical(_key: string, value: Json): unknown {
  if (typeof value === 'bigint') return `${String(value)}n`;
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
