/** The fixed policy as a manifest names it: `{ "use": "toolscript/plugins/limits/fixed", "with": { … } }`. */
import { definePlugin, limitFaults } from '../../../core/index.js';
import type { ConfigSchema, Limits } from '../../../core/index.js';
import { fixedLimits } from './fixed-limits.js';

/** Limits by name; every fault is an issue. */
const config: ConfigSchema<Partial<Limits>> = {
  '~standard': {
    version: 1,
    vendor: 'toolscript',
    validate(value) {
      const faults = limitFaults(value);
      return faults.length > 0
        ? { issues: faults.map((message) => ({ message })) }
        : { value: value as Partial<Limits> };
    },
  },
};

/** The plugin: `with` holds the limits. */
export const plugin = definePlugin({
  name: 'fixed limits',
  kind: 'limits',
  config,
  create: (choice) => fixedLimits(choice),
});
