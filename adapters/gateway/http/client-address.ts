/**
 * From where a request comes. `X-Forwarded-For` is written by whoever likes to; only what a proxy that
 * the operator names has added to it counts.
 */
import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

import { ToolscriptError } from '../../../core/index.js';

/** Tells addresses, with some proxies trusted. */
export class ClientAddresses {
  readonly #trusted = new BlockList();

  /** Takes addresses and networks such as `10.0.0.0/8`; throws `config/invalid`. */
  constructor(trustedProxies: readonly string[] = []) {
    for (const place of trustedProxies) trust(this.#trusted, place);
  }

  /** The address nearest to the sender that somebody trustworthy tells. */
  of({ socket, headers }: IncomingMessage): string {
    let address = plain(socket.remoteAddress ?? '');
    const forwarded = String(headers['x-forwarded-for'] ?? '').split(',');
    while (forwarded.length > 0 && this.#trusts(address)) {
      const next = plain(forwarded.pop()!.trim());
      if (isIP(next) === 0) break;
      address = next;
    }
    return address;
  }

  #trusts(address: string): boolean {
    return isIP(address) !== 0 && this.#trusted.check(address, family(address));
  }
}

/** Whether a request comes from this machine, and no proxy says that it does so for another. */
export function comesFromHere({ socket, headers }: IncomingMessage): boolean {
  const address = plain(socket.remoteAddress ?? '');
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  return !isForwarded && (address === '::1' || address.startsWith('127.'));
}

/** An IPv4 address that came through an IPv6 socket, as itself. */
function plain(address: string): string {
  return address.startsWith('::ffff:') && address.includes('.') ? address.slice('::ffff:'.length) : address;
}

function family(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}

function trust(list: BlockList, place: string): void {
  const [address = '', bits, ...more] = place.split('/');
  const most = isIPv6(address) ? 128 : 32;
  if (isIP(address) === 0 || more.length > 0 || (bits !== undefined && !isWithin(bits, most))) {
    const message = 'trust a proxy: wanted an address, or a network such as 10.0.0.0/8';
    throw new ToolscriptError({ code: 'config/invalid', message });
  }
  if (bits === undefined) list.addAddress(address, family(address));
  else list.addSubnet(address, Number(bits), family(address));
}

function isWithin(bits: string, most: number): boolean {
  return /^\d{1,3}$/.test(bits) && Number(bits) <= most;
}
