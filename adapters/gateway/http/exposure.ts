/** Refuses to serve where others can reach it, before somebody has said who they may be. */
import { ToolscriptError } from '../../../core/index.js';
import type { HttpOptions } from './options.js';
import { LOOPBACK_NAMES } from './origin-guard.js';

/** Throws `config/invalid`, with how to mend it, for a host that others reach and that nothing guards. */
export function checkExposure({ host = '127.0.0.1', ...options }: HttpOptions): void {
  if (isLoopbackHost(host)) return;
  const missing = [
    ...(options.authenticator === undefined && options.insecure !== true ? [WANTS_AUTHENTICATION] : []),
    ...(options.allowedHosts === undefined ? [WANTS_NAMES] : []),
  ];
  if (missing.length === 0) return;
  const message = `listen on ${host}: others can reach it, so ${missing.join('; and ')}`;
  throw new ToolscriptError({ code: 'config/invalid', message });
}

const WANTS_AUTHENTICATION =
  'senders must be authenticated, or insecure must say that a proxy in front does it';
const WANTS_NAMES = 'allowedHosts must name the hosts by which they come';

/** The names by which clients may come. */
export function hostsOf({ allowedHosts = [] }: HttpOptions): string[] {
  return [...LOOPBACK_NAMES, ...allowedHosts];
}

function isLoopbackHost(host: string): boolean {
  return host === '::1' || LOOPBACK_NAMES.includes(host) || /^127(?:\.\d{1,3}){3}$/.test(host);
}
