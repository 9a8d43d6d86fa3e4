/** The reference of the API: a page for each door of the package, from its doc comments. */
import { readFileSync } from 'node:fs';

const { exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));

/** What is started as a program of its own is no door to import from. */
const PROGRAMS = ['./runtimes/isolated/child'];

const doors = Object.entries(exports)
  .filter(([name, file]) => file.startsWith('./dist/') && !PROGRAMS.includes(name))
  .map(([, file]) => file.replace('./dist/', '../../').replace(/\.js$/, '.ts'));

/** @type {Partial<import('typedoc').TypeDocOptions & import('typedoc-plugin-markdown').PluginOptions>} */
export default {
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: doors,
  tsconfig: '../../tsconfig.json',
  out: '../api',
  readme: 'none',
  name: 'API',
  entryFileName: 'index',
  outputFileStrategy: 'modules',
  excludePrivate: true,
  disableSources: true,
  // `npm run types` has checked them, by settings of its own.
  skipErrorChecking: true,
  // A door names what its users need by name; what they only hand on may be without.
  validation: { notExported: false, invalidLink: true },
  treatValidationWarningsAsErrors: true,
  hideBreadcrumbs: true,
  hidePageHeader: true,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
};
