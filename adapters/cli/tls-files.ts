/** The certificate and its key that a manifest names, checked before anybody connects. */
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { createSecureContext } from 'node:tls';

import type { Fault, Manifest } from '../../core/manifest/index.js';

/** Both in PEM. */
export interface Tls {
  readonly cert: string;
  readonly key: string;
}

/** Reads both; nothing when the manifest names none. A file that cannot be read is empty. */
export async function readTls({ http: { tls }, folder }: Manifest): Promise<Tls | undefined> {
  if (tls === undefined) return undefined;
  const textOf = (file: string): Promise<string> => readFile(resolve(folder, file), 'utf8').catch(() => '');
  const [cert, key] = await Promise.all([textOf(tls.cert), textOf(tls.key)]);
  return { cert, key };
}

/** What is wrong with them; no part of a key is in it. */
export async function tlsFaults(manifest: Manifest): Promise<Fault[]> {
  const tls = await readTls(manifest);
  if (tls === undefined) return [];
  const { cert, key } = tls;
  const faults = [
    ...(isRead(() => new X509Certificate(cert))
      ? []
      : [fault('cert', cert === '' ? NO_FILE : NO_CERTIFICATE)]),
    ...(isRead(() => createPrivateKey(key)) ? [] : [fault('key', key === '' ? NO_FILE : NO_KEY)]),
  ];
  if (faults.length > 0) return faults;
  if (!new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return [fault('key', NOT_ITS_KEY)];
  return isRead(() => createSecureContext(tls)) ? [] : [fault('cert', NO_CHAIN)];
}

const NO_FILE = 'found a file that is empty or cannot be read';
const NO_CERTIFICATE = 'found no certificate that can be read, wanted a chain in PEM, the own one first';
const NO_KEY = 'found no private key that can be read, wanted one in PEM, without a passphrase';
const NOT_ITS_KEY = 'found the key of another certificate';
const NO_CHAIN = 'found a chain that cannot be read to its end, wanted whole certificates in PEM';

function fault(field: keyof Tls, message: string): Fault {
  return { path: ['http', 'tls', field], message };
}

function isRead(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch {
    return false;
  }
}
