/** The door of the manifest: what may be written, and how it is read. */
export { manifestSchema } from './definition.js';
export { faultText, ManifestError, pathText, type Fault, type Path } from './fault.js';
export { JsonSyntaxError, readJson, type JsonDocument } from './json-document.js';
export {
  loadManifest,
  MAX_MANIFEST_BYTES,
  type IsolationSection,
  type LoadOptions,
  type Manifest,
  type PluginEntry,
} from './manifest.js';
export { ownModule } from './own-module.js';
export { resolvePlugins, type LoadedPlugin } from './plugin-loading.js';
export type { ServerEntry } from './server-entry.js';
export { neededVariables } from './variable-names.js';
