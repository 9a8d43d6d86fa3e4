/**
 * What the gateway costs, measured in one run on this machine: calls through it beside the same client
 * directly at the same backend, calls inside a script, listing, many scripts that wait. Every part but
 * the scripts runs in a process of its own. Trust the ratios. `-- --only=http,stdio,script,list,waits`.
 */
import { callsThrough } from './calls-through.js';
import { callsInScripts } from './calls-in-scripts.js';
import { listing } from './listing.js';
import { waitingScripts } from './waiting-scripts.js';

const PARTS: Readonly<Record<string, () => Promise<void>>> = {
  http: () => callsThrough('http'),
  stdio: () => callsThrough('stdio'),
  script: callsInScripts,
  list: listing,
  waits: waitingScripts,
};

const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length);
for (const [name, part] of Object.entries(PARTS)) {
  if (only === undefined || only.split(',').includes(name)) await part();
}
