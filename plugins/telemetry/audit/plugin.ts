/** The audit as a manifest names it: `{ "use": "toolscript/plugins/telemetry/audit", "with": { … } }`. */
import { resolve } from 'node:path';

import { definePlugin, type PluginContext } from '../../../core/index.js';
import { openSink } from './audit-sink.js';
import { realPathOf } from './open-trails.js';
import { auditSettings, type CompleteSettings } from './settings.js';

/** The file lies in the manifest's folder, unless its path says otherwise. */
export const auditPlugin = definePlugin<'sink', CompleteSettings>({
  name: 'audit',
  kind: 'sink',
  config: auditSettings,
  async check({ file }, { folder }: PluginContext) {
    await realPathOf(resolve(folder, file));
  },
  create: (settings, { folder }) => openSink({ ...settings, file: resolve(folder, settings.file) }),
});
