/** A sink of an integrator, which keeps every event but what is told of the client to sinks that can be trusted. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Claims are for decisions, baggage is for tracing: who writes them down has been told. */
const LEFT_OUT = new Set(['claims', 'baggage']);

export default {
  name: 'recorder',
  kind: 'sink',
  create: (_config, { folder }) => ({
    name: 'recorder',
    record(event) {
      const less = JSON.stringify(event, (key, value) => (LEFT_OUT.has(key) ? undefined : value));
      appendFileSync(join(folder, 'events.jsonl'), `${less}\n`);
    },
  }),
};
