/** A sink that keeps every event, as an integrator may write one, but for what is told of the client to trust. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/** Claims and session are for policies, baggage is for tracing systems: who writes them has been told. */
const LEFT_OUT = new Set(['claims', 'session', 'baggage']);

export default {
  name: 'recorder',
  kind: 'sink',
  create: (_config, { folder }) => ({
    name: 'recorder',
    record: (event) =>
      appendFileSync(
        join(folder, 'events.jsonl'),
        `${JSON.stringify(event, (key, value) => (LEFT_OUT.has(key) ? undefined : value))}\n`,
      ),
  }),
};
