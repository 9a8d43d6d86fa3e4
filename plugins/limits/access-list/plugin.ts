/** The access list as a manifest names it: `{ "use": "toolscript/plugins/limits/access-list", "with": { … } }`. */
import { definePlugin } from '../../../core/index.js';
import { accessListOf } from './access-list.js';
import { accessListSchema, type AccessRules } from './access-rules.js';

/** The plugin: `with` holds the list. */
export const plugin = definePlugin<'limits', AccessRules>({
  name: 'access list',
  kind: 'limits',
  config: accessListSchema,
  create: (rules) => accessListOf(rules),
});
