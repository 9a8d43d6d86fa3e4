/** Whether the ports are free that the manifest names. */
import { createServer } from 'node:net';

import type { Manifest } from '../../../core/manifest/index.js';
import { isJsonObject, type Json } from '../../../core/index.js';
import type { Finding } from './finding.js';

/** Ports that the manifest speaks of; the others nobody may want. */
export async function checkPorts({ http, telemetry }: Manifest, written: Json): Promise<Finding[]> {
  const speaksOf = (key: string): boolean => isJsonObject(written) && Object.hasOwn(written, key);
  const prometheus = telemetry?.prometheus;
  const places = [
    ...(speaksOf('http') ? [{ subject: 'http', host: http.host, port: http.port }] : []),
    ...(prometheus === undefined
      ? []
      : [
          {
            subject: 'telemetry.prometheus',
            host: prometheus.host ?? '127.0.0.1',
            port: prometheus.port ?? 9_464,
          },
        ]),
  ];
  const found = places.map(async ({ subject, host, port }): Promise<Finding[]> => {
    const code = port === 0 ? undefined : await listenFailure(host, port);
    return code === undefined ? [] : [finding(subject, `${host}:${port}`, code)];
  });
  return (await Promise.all(found)).flat();
}

function finding(subject: string, place: string, code: string): Finding {
  if (code === 'EADDRINUSE')
    return {
      severity: 'warning',
      subject,
      message: `${place} is taken`,
      remedy: 'by your gateway, if that is running; else choose another port',
    };
  return {
    severity: 'error',
    subject,
    message: `cannot listen on ${place} (${code})`,
    remedy: 'name an address of this machine, and a port from 1024 upwards',
  };
}

/** Why nobody can listen there, as the system calls it. */
function listenFailure(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown error'));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
