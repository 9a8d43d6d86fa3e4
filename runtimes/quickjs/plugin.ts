/** JavaScript as a plugin of the manifest. */
import { definePlugin } from '../../core/index.js';
import { createQuickjsRuntime } from './runtime.js';

export const plugin = definePlugin({
  name: 'quickjs',
  kind: 'runtime',
  create: () => createQuickjsRuntime(),
});
