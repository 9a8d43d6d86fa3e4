/** The files of the page, by the path that asks for them. There are no others. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file, ready to be sent. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array;
}

const FILES: readonly [path: string, name: string, type: string][] = [
  ['/', 'index.html', 'text/html; charset=utf-8'],
  ['/page.js', 'page.js', 'text/javascript; charset=utf-8'],
  ['/page.css', 'page.css', 'text/css; charset=utf-8'],
  ['/licenses.txt', 'licenses.txt', 'text/plain; charset=utf-8'],
];

/** Reads them from their folder, once. */
export function pageFiles(folder: string): ReadonlyMap<string, PageFile> {
  return new Map(
    FILES.map(([path, name, type]) => [path, { type, bytes: readFileSync(join(folder, name)) }]),
  );
}
