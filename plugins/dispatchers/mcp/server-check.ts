/** What is wrong with the configuration of servers. */
import { ToolscriptError } from '../../../core/index.js';
import type { ServerRules } from './aggregation/aggregation-options.js';
import { aggregationFaults, serverRuleFaults } from './aggregation/rule-check.js';
import type { ServerConfig } from './transport/server-config.js';

const RULE_KEYS: readonly string[] = ['prefix', 'tools', 'connectTimeoutMs'] satisfies (keyof ServerRules)[];

/** How a server is reached, without the rules, which change nothing in that. */
export function withoutRules(server: ServerConfig & ServerRules): ServerConfig {
  const fields = Object.entries(server).filter(([field]) => !RULE_KEYS.includes(field));
  return Object.fromEntries(fields) as object as ServerConfig;
}

/** Throws `config/invalid` with every fault of every server, and of the rules for all. */
export function checkServers(servers: Readonly<Record<string, unknown>>, aggregation: unknown = {}): void {
  const faults = [
    ...Object.entries(servers).flatMap(([name, server]) =>
      faultsOf(server).map((fault) => `server "${name}": ${fault}`),
    ),
    ...aggregationFaults(aggregation).map((fault) => `aggregation: ${fault}`),
  ];
  if (faults.length > 0) throw new ToolscriptError({ code: 'config/invalid', message: faults.join('; ') });
}

const HTTP_TYPES: readonly unknown[] = [undefined, 'http', 'streamable-http', 'streamableHttp', 'sse'];

/** What is written may come from a file: the types above are not believed. */
function faultsOf(config: unknown): string[] {
  if (typeof config !== 'object' || config === null) return ['met no object, wanted "command" or "url"'];
  return [...connectionFaults(config), ...serverRuleFaults(config)];
}

function connectionFaults(config: object): string[] {
  const { type, command, url } = config as { type?: unknown; command?: unknown; url?: unknown };
  if (command !== undefined && url !== undefined) return ['met both "command" and "url", wanted one of them'];
  if (command !== undefined) return stdioFaults(type, command);
  if (url !== undefined) return httpFaults(type, url);
  return ['met neither "command" nor "url", wanted one of them'];
}

function stdioFaults(type: unknown, command: unknown): string[] {
  return [
    ...(type === undefined || type === 'stdio' ? [] : ['"type" of a command must be "stdio"']),
    ...(typeof command === 'string' && command !== '' ? [] : ['"command" must be a text that is not empty']),
  ];
}

function httpFaults(type: unknown, url: unknown): string[] {
  const web = typeof url === 'string' && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
  return [
    ...(HTTP_TYPES.includes(type) ? [] : ['"type" of a url must be "http", "streamable-http" or "sse"']),
    ...(web ? [] : ['"url" must be an address that starts with http:// or https://']),
  ];
}
