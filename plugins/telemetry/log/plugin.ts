/** The log sink as a manifest names it: `{"use": "toolscript/plugins/telemetry/log"}`. */
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';

import { z } from 'zod';

import { CONTENT_KINDS, createRedaction, definePlugin } from '../../../core/index.js';
import { createLogSink, DEFAULT_CONTENT_LENGTH, LOG_LEVELS } from './log-sink.js';

const text = (wanted: string) =>
  z.string({ error: `wanted ${wanted}` }).min(1, { error: `wanted ${wanted}` });

const oneOf = <const Words extends readonly string[]>(words: Words) =>
  z.enum(words, { error: `wanted one of ${words.join(', ')}` });

const MAX_CONTENT_LENGTH = 100_000;
const length = { error: `wanted a whole number from 1 to ${MAX_CONTENT_LENGTH}` };

const config = z.strictObject({
  level: oneOf(LOG_LEVELS).default('info'),
  destination: text('stderr, or the path of a file').default('stderr'),
  name: text('a name').default('toolscript'),
  content: z.array(oneOf(CONTENT_KINDS)).default([]),
  contentLength: z.int(length).min(1, length).max(MAX_CONTENT_LENGTH, length).default(DEFAULT_CONTENT_LENGTH),
  redact: z.array(text('a pattern')).default([]),
});

/** Logs to standard error, or to a file of the manifest's folder, whose own folder must be there. */
export const logPlugin = definePlugin<'sink', z.output<typeof config>>({
  name: 'log',
  kind: 'sink',
  config,
  async check({ redact }) {
    await createRedaction(redact);
  },
  async create({ redact: patterns, ...options }, { folder }) {
    const redact = await createRedaction(patterns);
    if (options.destination === 'stderr') return createLogSink({ ...options, redact });
    const destination = resolve(folder, options.destination);
    await (await open(destination, 'a')).close();
    return createLogSink({ ...options, redact, destination });
  },
});
