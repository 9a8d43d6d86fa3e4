/**
 * Links to files that are no pages: sources, tests, examples. On the site they are names without a link, for the
 * site does not know where the repository is; one to a file that is not there ends the build.
 */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { DOCS } from './site-pages.mjs';

const ROOT = resolve(DOCS, '..');

/** A plugin of markdown-it. */
export function sourceLinks(markdown) {
  markdown.core.ruler.push('source-links', ({ tokens, env }) => {
    for (const { children } of tokens) if (children !== null) unlink(children, env.path ?? DOCS);
  });
}

function unlink(tokens, path) {
  let isOpen = false;
  for (const token of tokens) {
    if (token.type === 'link_open') isOpen = isSource(token.attrGet('href') ?? '', path);
    if (!isOpen) continue;
    if (token.type === 'link_close') isOpen = false;
    if (token.type.startsWith('link_')) Object.assign(token, { tag: 'span', attrs: null });
  }
}

function isSource(href, path) {
  if (/^([a-z]+:|#|\/)/i.test(href)) return false;
  const file = join(dirname(path), decodeURI(href.replace(/[#?].*$/, '')));
  const isPage =
    file.startsWith(DOCS) && /(\.md|\.html)$/.test(file) && !file.startsWith(join(DOCS, 'examples'));
  if (isPage) return false;
  if (!existsSync(file) || relative(ROOT, file).startsWith('..'))
    throw new Error(`${path}: found a link to ${href}, which is not there`);
  return true;
}
