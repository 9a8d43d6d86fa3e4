/** Writes `manifest.schema.json` from the definition: `npm run schema`. */
import { writeFileSync } from 'node:fs';

import { manifestSchema } from '../../core/manifest/index.js';

const file = new URL('../../manifest.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(manifestSchema(), undefined, 2)}\n`);
