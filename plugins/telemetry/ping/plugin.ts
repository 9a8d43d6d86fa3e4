/** The ping as a manifest names it: `{"use": "toolscript/plugins/telemetry/ping", "with": {"url": "…"}}`. */
import { z } from 'zod';

import { definePlugin } from '../../../core/index.js';
import { createPingSink, DEFAULT_PACE } from './ping-sink.js';
import { pingUrlFault } from './ping-url.js';

const LONGEST_MS = 2_000_000_000;

const time = (leastMs: number, wanted: string) =>
  z
    .int({ error: `wanted ${wanted}` })
    .min(leastMs, { error: `wanted ${wanted}` })
    .max(LONGEST_MS, { error: `wanted ${wanted}` });

const config = z.strictObject({
  url: z.string({ error: 'wanted an address that starts with https://' }).superRefine((url, context) => {
    const message = pingUrlFault(url);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  }),
  firstMs: time(60_000, 'milliseconds, from a minute to 23 days').default(DEFAULT_PACE.firstMs),
  periodMs: time(3_600_000, 'milliseconds, from an hour to 23 days').default(DEFAULT_PACE.periodMs),
});

/** Pings the address, and no other; without one there is no ping. */
export const pingPlugin = definePlugin<'sink', z.output<typeof config>>({
  name: 'ping',
  kind: 'sink',
  config,
  create: (options) => createPingSink(options),
});
