/** What a reload changed, in a line; and what it could not change. */
import { isDeepStrictEqual } from 'node:util';

import type { Manifest } from '../../core/manifest/index.js';

/** What is offered beside the tools, or in place of them. */
export interface Offers {
  readonly scripts: boolean;
  readonly optimizer: boolean;
}

/** Servers that came, went or changed, and whether code mode and the optimizer are on. */
export function reloadSummary(before: Manifest, now: Manifest, { scripts, optimizer }: Offers): string {
  const old = before.servers;
  const names = [...now.servers.keys()];
  const isOther = (name: string): boolean => !isDeepStrictEqual(old.get(name), now.servers.get(name));
  const parts = [
    ...named(
      'added',
      names.filter((name) => !old.has(name)),
    ),
    ...named(
      'changed',
      names.filter((name) => old.has(name) && isOther(name)),
    ),
    ...named(
      'removed',
      [...old.keys()].filter((name) => !now.servers.has(name)),
    ),
  ];
  const servers = parts.length === 0 ? ['the same servers'] : parts;
  const telemetry = isDeepStrictEqual(before.telemetry, now.telemetry) ? [] : ['changed telemetry'];
  const modes = [`code mode ${scripts ? 'on' : 'off'}`, ...(optimizer ? ['optimizer on'] : [])];
  return [...servers, ...telemetry, ...modes].join(', ');
}

function named(what: string, servers: readonly string[]): string[] {
  return servers.length === 0 ? [] : [`${what} ${servers.join(' and ')}`];
}

/** What is read of the section http at the end only. */
const READ_LATE: readonly string[] = ['drainMs', 'drainDelayMs'] satisfies (keyof Manifest['http'])[];

/** Keys that were read when the doors were opened, and are other ones now. */
export function restartKeys(first: Manifest, now: Manifest): string[] {
  const stdio = isDeepStrictEqual(first.stdio, now.stdio) ? [] : ['stdio'];
  return [...clientsKeys(first, now), ...httpKeys(first, now), ...stdio];
}

function clientsKeys({ clients: first }: Manifest, { clients: now }: Manifest): string[] {
  return changedKeys(first, now).map((key) => `clients.${key}`);
}

function httpKeys({ http: first }: Manifest, { http: now }: Manifest): string[] {
  return changedKeys(first, now)
    .filter((key) => key !== 'auth' || (first.auth === undefined) !== (now.auth === undefined))
    .filter((key) => !READ_LATE.includes(key))
    .map((key) => `http.${key}`);
}

function changedKeys(first: object, now: object): string[] {
  const [old, current] = [first, now].map((section) => new Map<string, unknown>(Object.entries(section)));
  return [...new Set([...old!.keys(), ...current!.keys()])]
    .filter((key) => !isDeepStrictEqual(old!.get(key), current!.get(key)))
    .sort();
}
