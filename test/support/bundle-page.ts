/** Writes the page of the console into `dist`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { PAGE_FOLDER, pageFiles } from './page-bundle.js';

const target = fileURLToPath(new URL(`../../${PAGE_FOLDER}/`, import.meta.url));

mkdirSync(target, { recursive: true });
for (const [name, bytes] of await pageFiles()) writeFileSync(target + name, bytes);
