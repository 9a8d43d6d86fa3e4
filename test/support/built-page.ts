/** The page of the console where the command looks for it, built once where it is not there. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { PAGE_FOLDER, pageFiles } from './page-bundle.js';

/** Builds it if need be. */
export async function buildPage(): Promise<void> {
  const folder = fileURLToPath(new URL(`../../${PAGE_FOLDER}/`, import.meta.url));
  if (existsSync(`${folder}trace.js`)) return;
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of await pageFiles()) writeFileSync(folder + name, bytes);
}
