/** The doors of the gateway, as the command opens them: by the manifest, and by what its user says. */
import type { Readable, Writable } from 'node:stream';

import type { Caller } from '../../core/index.js';
import type { Manifest } from '../../core/manifest/index.js';
import {
  refusal,
  type Authenticator,
  type DrainOptions,
  type Gateway,
  type HttpOptions,
} from './compose/index.js';
import { readTls, tlsFaults } from './tls-files.js';

/** A door that is open, over either transport. */
export interface OpenDoor {
  readonly place: string;
  /** Settles when the client has gone; never, where there may be more. */
  readonly closed: Promise<void>;
  /** Waits until what is under way is answered; answers whether it was, in time. */
  drain(options: DrainOptions): Promise<boolean>;
  close(): Promise<void>;
}

/** What the user of the command says of HTTP, beside the manifest. */
export interface HttpChoice {
  readonly host?: string;
  readonly port?: number;
  readonly path?: string;
  readonly allowedHost?: readonly string[];
  readonly insecure?: true;
}

interface Streams {
  readonly input: Readable;
  readonly output: Writable;
  readonly caller: Caller;
}

/** Serves one client over these streams. */
export function openStdio(gateway: Gateway, streams: Streams): OpenDoor {
  const door = gateway.serveStdio(streams);
  return {
    place: 'standard input and output',
    closed: door.closed,
    drain: (options) => door.drain(options),
    close: () => door.close(),
  };
}

/** Who lets callers in. */
export interface Entrance {
  /** For those who come to this path; nothing when everybody may. */
  authenticator(path: string): Promise<Authenticator | undefined>;
}

/** Serves any number of clients over HTTP. */
export async function openHttp(
  gateway: Gateway,
  entrance: Entrance,
  manifest: Manifest,
  choice: HttpChoice,
): Promise<OpenDoor> {
  const door = await gateway.serveHttp(await httpOptions(entrance, manifest, choice));
  return {
    place: door.url,
    closed: new Promise(() => undefined),
    drain: (options) => door.drain(options),
    close: () => door.close(),
  };
}

async function httpOptions(entrance: Entrance, manifest: Manifest, choice: HttpChoice): Promise<HttpOptions> {
  const faults = await tlsFaults(manifest);
  if (faults.length > 0) throw refusal(manifest, faults);
  const tls = await readTls(manifest);
  const { auth, ...written } = manifest.http;
  const options = { ...written, ...chosen(choice) };
  const authenticator = auth && (await entrance.authenticator(options.path));
  return {
    ...options,
    ...(authenticator !== undefined && { authenticator }),
    ...(tls !== undefined && { tls }),
  };
}

/** The options of the command have more in them than HTTP's. */
function chosen({ host, port, path, allowedHost, insecure }: HttpChoice): HttpOptions {
  return {
    ...(allowedHost !== undefined && { allowedHosts: allowedHost }),
    ...(host !== undefined && { host }),
    ...(port !== undefined && { port }),
    ...(path !== undefined && { path }),
    ...(insecure !== undefined && { insecure }),
  };
}
