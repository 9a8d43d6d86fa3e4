/** The index by embeddings as a manifest names it: `{ "use": "toolscript/plugins/indexes/embeddings", "with": { … } }`. */
import {
  definePlugin,
  systemClock,
  ToolscriptError,
  type Clock,
  type ToolIndex,
} from '../../../core/index.js';
import { EmbeddingsIndex } from './embeddings-index.js';
import { serviceOf } from './service.js';
import { embeddingsSettings, type CompleteSettings, type EmbeddingsSettings } from './settings.js';

/** An index by these settings; the service is asked first when tools are searched. Throws `config/invalid`. */
export function createEmbeddingsIndex(settings: EmbeddingsSettings, clock: Clock = systemClock): ToolIndex {
  const { data, error } = embeddingsSettings.safeParse(settings);
  if (data !== undefined) return indexOf(data, clock);
  const faults = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ToolscriptError({ code: 'config/invalid', message: `find by embeddings: ${faults.join('; ')}` });
}

/** The plugin: `with` holds the settings. */
export const plugin = definePlugin<'index', CompleteSettings>({
  name: 'embeddings',
  kind: 'index',
  config: embeddingsSettings,
  create: (settings) => indexOf(settings, systemClock),
});

function indexOf(settings: CompleteSettings, clock: Clock): ToolIndex {
  return new EmbeddingsIndex(settings, serviceOf(settings), clock);
}
