/** Writes `docs/for-models.md` from what the runtimes say of themselves. */
import { writeFileSync } from 'node:fs';
import { FOR_MODELS, languagePage } from './language-page.js';

writeFileSync(FOR_MODELS, await languagePage());
