/** Python as a plugin of the manifest. */
import { definePlugin } from '../../core/index.js';
import { createMontyRuntime } from './runtime.js';

export const plugin = definePlugin({
  name: 'monty',
  kind: 'runtime',
  create: () => createMontyRuntime(),
});
