/**
 * One run as one HTML file that opens anywhere: the record as JSON, and what draws it. It asks nobody for
 * anything, and its own policy forbids it to.
 */
import { createHash } from 'node:crypto';

import type { RunRecord } from '../api.js';

/** What draws a record: the texts of a script and of a style sheet. */
export interface FileParts {
  readonly script: string;
  readonly style: string;
}

/** The file of a record. */
export function runFile(record: RunRecord, { script, style }: FileParts): string {
  const code = withoutEnd(script, 'script', '\\x3c');
  const look = withoutEnd(style, 'style', '\\3c ');
  const policy = [
    "default-src 'none'",
    `script-src '${hashOf(code)}'`,
    `style-src '${hashOf(look)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    '<title>A run of Toolscript</title>',
    `<style>${look}</style>`,
    '</head>',
    '<body>',
    '<div id="trace"></div>',
    '<noscript>The run is drawn by a script within this file: switch scripts on for it.</noscript>',
    `<script type="application/json" id="run">${scriptSafe(JSON.stringify(record))}</script>`,
    `<script>${code}</script>`,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** A name for the file. */
export function runFileName({ id }: RunRecord): string {
  return `run-${id.replace(/[^\w-]/g, '_').slice(0, 60)}.html`;
}

/** JSON text in which nothing can end the element that it stands in, or begin a comment in it. */
function scriptSafe(json: string): string {
  return json.replace(
    /[<>&\u2028\u2029]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Our own code: a text within it that looks like the end of its element is written otherwise. */
function withoutEnd(text: string, element: string, escaped: string): string {
  return text.replace(new RegExp(`</(?=${element})|<!--`, 'gi'), (found) => found.replace('<', escaped));
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}
