/** The log sink as a manifest names it: `{"use": "toolscript/plugins/telemetry/log"}`. */
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';

import { z } from 'zod';

import { definePlugin } from '../../../core/index.js';
import { createLogSink, LOG_LEVELS } from './log-sink.js';

const text = (wanted: string) =>
  z.string({ error: `wanted ${wanted}` }).min(1, { error: `wanted ${wanted}` });

const config = z.strictObject({
  level: z.enum(LOG_LEVELS, { error: `wanted one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  destination: text('stderr, or the path of a file').default('stderr'),
  name: text('a name').default('toolscript'),
});

/** Logs to standard error, or to a file of the manifest's folder, whose own folder must be there. */
export const logPlugin = definePlugin<'sink', z.output<typeof config>>({
  name: 'log',
  kind: 'sink',
  config,
  async create(options, { folder }) {
    if (options.destination === 'stderr') return createLogSink(options);
    const destination = resolve(folder, options.destination);
    await (await open(destination, 'a')).close();
    return createLogSink({ ...options, destination });
  },
});
