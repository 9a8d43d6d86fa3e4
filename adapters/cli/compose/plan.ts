/** A manifest checked, nothing of it started. */
import {
  resolvePlugins,
  type Fault,
  type LoadedPlugin,
  type Manifest,
} from '../../../core/manifest/index.js';
import { authenticationFaults } from './gateway.js';
import { checkFaults } from './made-plugins.js';
import { refusal } from './refusal.js';
import { runtimeFaults } from './runtimes.js';
import { telemetryFaults } from './telemetry.js';

/**
 * Everything of a manifest that can be checked without starting it: plugins load, and fit together. What a
 * command has found besides is told with the rest.
 */
export async function plan(
  manifest: Manifest,
  found: readonly Fault[] = [],
): Promise<readonly LoadedPlugin[]> {
  const plugins = await resolvePlugins(manifest);
  const faults = [
    ...runtimeFaults(plugins, manifest),
    ...(await checkFaults(plugins, manifest)),
    ...(await authenticationFaults(manifest)),
    ...(await telemetryFaults(manifest)),
    ...found,
  ];
  if (faults.length > 0) throw refusal(manifest, faults);
  return plugins;
}
