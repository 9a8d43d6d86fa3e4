/** Writes records into the file that it is told, without end. Says so when the first are written. */
import { createAuditSink } from '../../../../plugins/telemetry/audit/index.js';
import { called } from './trail.js';

const sink = await createAuditSink({ file: process.argv[2]! });
for (let round = 0; ; round += 1) {
  for (let n = 0; n < 50; n += 1) sink.record(called({ callId: `${String(round)}/${String(n)}` }));
  await new Promise((resolve) => setImmediate(resolve));
  if (round !== 20) continue;
  await sink.flush?.();
  process.stdout.write('writing\n');
}
