/** Who may come over HTTP, as the manifest says it, with the key file read. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import type { Manifest } from '../../../core/manifest/index.js';

type AuthSection = NonNullable<Manifest['http']['auth']>;
type JwtSection = NonNullable<AuthSection['jwt']>;

/** The options of the gateway's authentication. */
export interface ReadAuth extends Omit<AuthSection, 'jwt'> {
  readonly jwt?: Omit<JwtSection, 'publicKeyFile'> & { readonly publicKey?: string };
}

/** Where all this stands in a manifest. */
export const AUTH_PATH = ['http', 'auth'] as const;

/** Reads what the manifest says; nothing when it lets everybody in. A file that cannot be read is empty. */
export async function readAuth({ http, folder }: Manifest): Promise<ReadAuth | undefined> {
  if (http.auth === undefined) return undefined;
  const { jwt, ...others } = http.auth;
  if (jwt === undefined) return others;
  const { publicKeyFile, ...rules } = jwt;
  if (publicKeyFile === undefined) return { ...others, jwt: rules };
  const publicKey = await readFile(resolve(folder, publicKeyFile), 'utf8').catch(() => '');
  return { ...others, jwt: { ...rules, publicKey } };
}
