/** The pages of the site as its sidebar lists them: by folder, each under its first heading. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const DOCS = fileURLToPath(new URL('..', import.meta.url));

/** Pages of a folder, by title; those that are named come first, in their order. */
export function pagesIn(folder, first = []) {
  const files = readdirSync(join(DOCS, folder)).filter((file) => file.endsWith('.md') && file !== 'index.md');
  const pages = files.map((file) => page(`${folder}/${basename(file, '.md')}`));
  const place = ({ link }) => {
    const at = first.indexOf(basename(link));
    return at < 0 ? first.length : at;
  };
  return pages.sort((a, b) => place(a) - place(b) || a.text.localeCompare(b.text, 'en', { numeric: true }));
}

/** One page, by its path without ending. */
export function page(path) {
  const [, title] = /^# (.*)$/m.exec(readFileSync(join(DOCS, `${path}.md`), 'utf8')) ?? [];
  if (title === undefined) throw new Error(`${path}.md: found no heading, wanted a first line "# …"`);
  return { text: title.replace(/[`*]/g, '').replaceAll('\\_', '_'), link: `/${path}` };
}
