/** The requirements as a page for readers: `docs/reference/requirements.md`. */
import { fileURLToPath } from 'node:url';

import type { Area, Requirement } from './requirements.js';

/** Where the page is. */
export const PAGE = fileURLToPath(new URL('../../docs/reference/requirements.md', import.meta.url));

const SPECIFICATION = 'https://modelcontextprotocol.io/specification';
const TUTORIALS = 'https://modelcontextprotocol.io/docs';

/** The whole page. */
export function pageOf(areas: readonly Area[]): string {
  return `${[INTRODUCTION, summary(areas), ...areas.map(areaText)].join('\n\n')}\n`;
}

const INTRODUCTION = `# What the specification asks, and what shows that it is done

Each row is something that a page of the MCP specification asks of a server, or of a client, in our words: of the gateway as the server that its clients see, and as the client of the servers behind it. Both revisions are here, 2025-11-25 and 2026-07-28; where one alone is named, the other does not ask it.

The last column names the tests that show it, by file and full title; \`*\` stands for any text where several tests are meant. A test checks that each of them is there. What is **not met** says why, and so does what does not apply.

The rows are written in \`test/requirements/*.json\`; \`npm run requirements\` makes this page of them. Beside it, \`npm run conformance:mcp\` lets the official suite judge the gateway, from both sides.`;

function summary(areas: readonly Area[]): string {
  const rows = areas.map(({ area, rows: all }) => {
    const cells = [area, all.length, ...STATES.map((state) => all.filter((row) => state in row).length)];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| area | rows | met | not met | does not apply |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

const STATES = ['tests', 'notMet', 'doesNotApply'] as const;

function areaText({ area, rows }: Area): string {
  const parts = (['server', 'client'] as const).map((side) => {
    const those = rows.filter((row) => row.as === side);
    return those.length === 0 ? [] : ['', ROLES[side], '', HEAD, ...those.map(rowText)];
  });
  return [`## ${area}`, ...parts.flat()].join('\n');
}

const ROLES = { server: 'As a server:', client: 'As a client of the servers behind it:' };
const HEAD = '| id | | the gateway | asked by | shown by |\n| --- | --- | --- | --- | --- |';

function rowText(row: Requirement): string {
  const cells = [row.id, row.force, row.behaviour, row.source.map(sourceLink).join('<br>'), proofText(row)];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** `2026-07-28 basic/versioning#negotiation` by its page's name. */
function sourceLink(source: string): string {
  const [revision = '', place = ''] = source.split(' ');
  const [page = ''] = place.split('#');
  const start = page.startsWith('tutorials/') ? TUTORIALS : SPECIFICATION;
  return `[${revision} ${page}](${start}/${revision}/${place})`;
}

function proofText(row: Requirement): string {
  if ('notMet' in row) return `**not met**: ${row.notMet}`;
  if ('doesNotApply' in row) return `does not apply: ${row.doesNotApply}`;
  const files = [...new Set(row.tests.map(({ file }) => file))];
  return files
    .map((file) => {
      const titles = row.tests.filter((each) => each.file === file).map(({ title }) => `“${plain(title)}”`);
      return `[${file.replace('test/', '')}](../../${file}): ${titles.join(', ')}`;
    })
    .join('<br>');
}

/** As text, not as markup. */
function plain(title: string): string {
  return title.replace(/[*_<>`[\]{}]/g, '\\$&');
}
