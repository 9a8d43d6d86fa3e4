/** Files that hold secrets, or are to be written: who may read them, whether they can be. */
import { X509Certificate } from 'node:crypto';
import { access, constants, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import { isJsonArray, isJsonObject, type JsonObject } from '../../../core/index.js';
import { readJson, type Manifest } from '../../../core/manifest/index.js';
import { NotImported, importServer } from '../importing/server-import.js';
import { VariableNames } from '../importing/variable-names.js';
import { textToEdit } from '../importing/written-file.js';
import { shortPath } from '../importing/import-report.js';
import { readTls } from '../tls-files.js';
import type { Finding } from './finding.js';

/** Looks at the files of a manifest; `now` is in milliseconds since 1970. */
export async function checkFiles(manifest: Manifest, now: number): Promise<Finding[]> {
  return [
    ...(await secretFindings(manifest)),
    ...(await keyFindings(manifest)),
    ...(await certificateFindings(manifest, now)),
    ...(await auditFindings(manifest)),
  ];
}

async function secretFindings({ file }: Manifest): Promise<Finding[]> {
  if (file === undefined) return [];
  const root = readJson((await textToEdit(file)) ?? '{}').value;
  const places = isJsonObject(root) ? [...(await serverSecrets(root, file)), ...ownSecrets(root)] : [];
  if (places.length === 0) return [];
  const isOpen = await isReadByOthers(file);
  return [
    {
      severity: isOpen ? 'error' : 'warning',
      subject: shortPath(file),
      message: `holds what looks like secrets${isOpen ? ', and others on this machine may read it' : ''}: ${places.join(', ')}`,
      remedy: `put variables in their place, as in \${MY_TOKEN}${isOpen ? `; until then: chmod 600 ${shortPath(file)}` : ''}`,
    },
  ];
}

/** What an import would take out. */
async function serverSecrets(root: JsonObject, file: string): Promise<string[]> {
  const source = { client: undefined, level: 'project' as const, file };
  const entries = [root['mcpServers'], root['servers']].flatMap((servers) =>
    Object.entries(isJsonObject(servers) ? servers : {}),
  );
  const found = entries.map(async ([name, written]) => {
    try {
      const server = { name, written, source, inputs: new Map<string, JsonObject>() };
      const { needed } = await importServer(server, dirname(file), new VariableNames());
      return needed.filter(({ value }) => value !== undefined).map(({ use }) => `${name}, ${use}`);
    } catch (error) {
      if (error instanceof NotImported) return [];
      throw error;
    }
  });
  return (await Promise.all(found)).flat();
}

/** Those of the gateway itself. */
function ownSecrets({ http, clients }: JsonObject): string[] {
  const auth = isJsonObject(http) ? http['auth'] : undefined;
  const tokens = isJsonObject(auth) && isJsonArray(auth['tokens']) ? auth['tokens'] : [];
  const isText = (value: unknown): boolean => typeof value === 'string' && !value.includes('${');
  return [
    ...tokens.flatMap((token, index) =>
      isJsonObject(token) && isText(token['token']) ? [`http.auth.tokens[${index}]`] : [],
    ),
    ...(isJsonObject(clients) && isText(clients['stateKey']) ? ['clients.stateKey'] : []),
  ];
}

async function keyFindings({ http: { tls }, folder }: Manifest): Promise<Finding[]> {
  if (tls === undefined) return [];
  const file = resolve(folder, tls.key);
  if (!(await isReadByOthers(file))) return [];
  return [
    {
      severity: 'error',
      subject: shortPath(file),
      message: 'is the private key of http.tls, and others on this machine may read it',
      remedy: `chmod 600 ${shortPath(file)}, and think of a new one`,
    },
  ];
}

const DAY_MS = 86_400_000;
const SOON_DAYS = 21;

async function certificateFindings(manifest: Manifest, now: number): Promise<Finding[]> {
  const { cert } = (await readTls(manifest)) ?? {};
  const end = cert === undefined ? undefined : endOf(cert);
  if (end === undefined || end - now > SOON_DAYS * DAY_MS) return [];
  const days = Math.floor((end - now) / DAY_MS);
  return [
    {
      severity: days < 0 ? 'error' : 'warning',
      subject: 'http.tls.cert',
      message: days < 0 ? 'the certificate is no longer valid' : `the certificate ends in ${days} days`,
      remedy: 'renew it, and restart the gateway',
    },
  ];
}

function endOf(cert: string): number | undefined {
  try {
    return Date.parse(new X509Certificate(cert).validTo);
  } catch {
    return undefined;
  }
}

const AUDIT = 'toolscript/plugins/telemetry/audit';

async function auditFindings({ plugins, folder }: Manifest): Promise<Finding[]> {
  const files = plugins.flatMap(({ use, with: settings }) =>
    use === AUDIT && typeof settings?.['file'] === 'string' ? [resolve(folder, settings['file'])] : [],
  );
  const findings = files.map(async (file): Promise<Finding[]> => {
    const subject = `the audit trail ${shortPath(file)}`;
    const place = (await isThere(file)) ? file : dirname(file);
    if (!(await isWritable(place)))
      return [
        {
          severity: 'error',
          subject,
          message: 'cannot be written',
          remedy: `make ${shortPath(place)}, or let this user write there`,
        },
      ];
    if (!(await isReadByOthers(file))) return [];
    return [
      {
        severity: 'warning',
        subject,
        message: 'may be read by others on this machine',
        remedy: `chmod 600 ${shortPath(file)}`,
      },
    ];
  });
  return (await Promise.all(findings)).flat();
}

async function isThere(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined;
}

async function isWritable(file: string): Promise<boolean> {
  return access(file, constants.W_OK).then(
    () => true,
    () => false,
  );
}

/** Windows has no such bits: there it is never said. */
async function isReadByOthers(file: string): Promise<boolean> {
  if (process.platform === 'win32') return false;
  const found = await stat(file).catch(() => undefined);
  return found !== undefined && (found.mode & 0o044) !== 0;
}
