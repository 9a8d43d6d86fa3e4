/** What the ping of a manifest would send. */
import { VERSION } from '../../../core/index.js';
import type { Manifest } from '../../../core/manifest/index.js';
import type { PingOptions, PingPreview } from '../../../plugins/telemetry/ping/index.js';
import { plan } from './plan.js';

const PING = 'toolscript/plugins/telemetry/ping';

/** The ping of a gateway that has just started with this manifest; nothing when it does not ping. */
export async function previewPing(manifest: Manifest): Promise<PingPreview | undefined> {
  const entry = manifest.plugins.find(({ use }) => use === PING);
  const loaded = (await plan(manifest)).find(({ path }) => path === entry?.path);
  if (loaded === undefined) return undefined;
  const ping = await import('../../../plugins/telemetry/ping/index.js');
  return ping.previewPing((loaded.config as PingOptions).url, {
    version: VERSION,
    codeMode: manifest.codeMode.enabled,
    optimizer: manifest.optimizer.enabled,
    backends: manifest.servers.size,
    tools: 0,
  });
}
