/** The traffic policy as a manifest names it: `{ "use": "toolscript/plugins/limits/traffic", "with": { … } }`. */
import {
  definePlugin,
  systemClock,
  ToolscriptError,
  type Clock,
  type LimitPolicy,
} from '../../../core/index.js';
import { trafficSettings, type CompleteSettings, type TrafficSettings } from './settings.js';
import { SharedStore } from './shared-store.js';
import { TrafficPolicy } from './traffic-policy.js';

/** A policy by these settings. Rejects with `config/invalid`. */
export async function createTrafficPolicy(
  settings: TrafficSettings,
  clock: Clock = systemClock,
): Promise<LimitPolicy> {
  const { data, error } = trafficSettings.safeParse(settings);
  if (data !== undefined) return policyOf(data, clock);
  const faults = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ToolscriptError({ code: 'config/invalid', message: `limit traffic: ${faults.join('; ')}` });
}

/** The plugin: `with` holds the settings. */
export const plugin = definePlugin<'limits', CompleteSettings>({
  name: 'traffic',
  kind: 'limits',
  config: trafficSettings,
  create: (settings) => policyOf(settings, systemClock),
});

async function policyOf(settings: CompleteSettings, clock: Clock): Promise<LimitPolicy> {
  const store = settings.store === undefined ? undefined : await SharedStore.connect(settings.store);
  return new TrafficPolicy(settings, store, clock);
}
