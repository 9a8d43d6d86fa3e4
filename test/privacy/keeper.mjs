/** Keeps every event with all its content, for sinks that are tried afterwards. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

export default {
  name: 'keeper',
  kind: 'sink',
  create: (_config, { folder }) => ({
    name: 'keeper',
    content: ['script', 'data', 'arguments', 'argumentHash', 'result', 'logs', 'error'],
    record: (event) => appendFileSync(join(folder, 'whole.jsonl'), `${JSON.stringify(event)}\n`),
  }),
};
