/** The site of the documentation: `npm run docs` builds it; a link that leads nowhere ends the build. */
import { defineConfig } from 'vitepress';
import { page, pagesIn } from './site-pages.mjs';
import { sourceLinks } from './source-links.mjs';

const FIRST_HOW_TOS = ['run-a-gateway', 'embed-in-a-service', 'run-scripts', 'combine-servers'];

export default defineConfig({
  title: 'Toolscript',
  description: 'Code mode for MCP: an agent sends one script, the server runs it over all its tools.',
  srcExclude: ['examples/**'],
  outDir: '../dist-site',
  cleanUrls: false,
  lastUpdated: false,
  markdown: {
    languageAlias: { starlark: 'python', cedar: 'rust' },
    config: (markdown) => {
      markdown.use(sourceLinks);
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Tutorial', link: '/tutorial' },
      { text: 'How-to', link: '/how-to/run-a-gateway', activeMatch: '/how-to/' },
      { text: 'Language', link: '/starlark' },
      { text: 'Reference', link: '/reference/manifest', activeMatch: '/reference/' },
      { text: 'API', link: '/api/', activeMatch: '/api/' },
    ],
    sidebar: [
      { text: 'Begin', items: [page('tutorial'), page('examples')] },
      { text: 'How to', items: pagesIn('how-to', FIRST_HOW_TOS) },
      { text: 'The language', items: [page('starlark'), page('for-models')] },
      {
        text: 'Reference',
        items: [
          ...pagesIn('reference', ['manifest', 'cli', 'errors', 'limits']),
          { text: 'API', link: '/api/' },
        ],
      },
      {
        text: 'Understand',
        items: [page('architecture'), page('security'), page('benchmarks'), page('compare')],
      },
      { text: 'Decisions', collapsed: true, items: pagesIn('decisions') },
      { text: 'Changes', items: [page('changelog')] },
    ],
  },
});
