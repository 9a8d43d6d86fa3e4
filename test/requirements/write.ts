/** Writes the page of the requirements from their rows: `npm run requirements`. */
import { writeFileSync } from 'node:fs';

import { PAGE, pageOf } from './page.js';
import { readAreas } from './requirements.js';

writeFileSync(PAGE, pageOf(readAreas()));
