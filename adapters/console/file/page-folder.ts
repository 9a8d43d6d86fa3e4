/** The files of the page, as the build left them in the package. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { ToolscriptError } from '../../../core/index.js';
import type { FileParts } from './run-file.js';

const FOLDER = 'adapters/console/page';

/**
 * Where they are; rejects with `config/invalid` when they were not built. From the package or from its source,
 * whichever file of it this is.
 */
export function pageFolder(): string {
  const folder = ['..', '../..', '../../..']
    .map((up) => fileURLToPath(new URL(up, import.meta.url)))
    .flatMap((root) => [join(root, FOLDER), join(root, 'dist', FOLDER)])
    .find((place) => existsSync(join(place, 'page.js')));
  if (folder !== undefined) return folder;
  throw new ToolscriptError({
    code: 'config/invalid',
    message: 'open the console: its page is not built',
    hint: 'run npm run build; in the published package it is there',
  });
}

/** What draws a run in a file. */
export async function fileParts(folder: string): Promise<FileParts> {
  const [script, style] = await Promise.all(
    ['trace.js', 'trace.css'].map((name) => readFile(join(folder, name), 'utf8')),
  );
  return { script: script!, style: style! };
}
