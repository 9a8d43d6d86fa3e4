/**
 * Takes out of a manifest what does not count: servers and plugins that are switched off, so that their
 * variables need not be set; and, of a client's own file, what is the client's business alone.
 */
import { nearestName } from '../nearest-name.js';
import { setKey } from '../json.js';
import { variableValue, type Variables } from './expansion.js';

/** Keys that only a manifest of ours has. */
const OWN_KEYS = [
  '$schema',
  'aggregation',
  'codeMode',
  'optimizer',
  'plugins',
  'clients',
  'http',
  'stdio',
  'telemetry',
];

/** Keys under which servers stand. */
const SERVER_KEYS = ['mcpServers', 'servers'];

const KNOWN_KEYS = [...OWN_KEYS, ...SERVER_KEYS, 'inputs'];

/** The manifest without what does not count; a value of another shape is left to the definition. */
export function prune(manifest: unknown, variables: Variables): unknown {
  if (!isObject(manifest)) return manifest;
  const lenient = isClientFile(manifest);
  return mapped(manifest, (key, value) => {
    if (SERVER_KEYS.includes(key)) return withoutDisabled(value, variables);
    if (key === 'plugins') return withoutSettingsOfDisabled(value, variables);
    return lenient && isStranger(key) ? undefined : value;
  });
}

function isClientFile(manifest: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(manifest);
  return keys.some((key) => SERVER_KEYS.includes(key)) && !keys.some((key) => OWN_KEYS.includes(key));
}

/** A key that is not ours, and no misspelling of ours. */
function isStranger(key: string): boolean {
  return key !== '__proto__' && nearestName(key, KNOWN_KEYS) === undefined;
}

function withoutDisabled(servers: unknown, variables: Variables): unknown {
  if (!isObject(servers)) return servers;
  return mapped(servers, (_name, server) =>
    isObject(server) && isSaid(true, server.disabled, variables) ? undefined : server,
  );
}

/** Plugins keep their places, since faults name them by index. */
function withoutSettingsOfDisabled(plugins: unknown, variables: Variables): unknown {
  if (!Array.isArray(plugins)) return plugins;
  return plugins.map((plugin: unknown) =>
    isObject(plugin) && isSaid(false, plugin.enabled, variables)
      ? mapped(plugin, (key, value) => (key === 'with' ? undefined : value))
      : plugin,
  );
}

/** Whether a truth value is said, as it is or by a variable. */
function isSaid(wanted: boolean, value: unknown, variables: Variables): boolean {
  return (
    value === wanted || (typeof value === 'string' && variableValue(value, variables) === String(wanted))
  );
}

type Fields = Readonly<Record<string, unknown>>;

/** A copy in which each field is what `change` answers; `undefined` leaves it out. */
function mapped(object: Fields, change: (key: string, value: unknown) => unknown): Fields {
  const copy: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(object)) {
    const changed = change(key, value);
    if (changed !== undefined) setKey(copy, key, changed);
  }
  return copy;
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
