/** What the traffic policy is told: how much, how many at once, who waits, and where it is counted. */
import { z } from 'zod';

const whole = (least: number, greatest: number, wanted: string) =>
  z
    .int({ error: `wanted ${wanted}` })
    .min(least, { error: `wanted ${wanted}` })
    .max(greatest, { error: `wanted ${wanted}` });

const number = () => whole(1, 1_000_000_000, 'a whole number from 1');
const duration = () => whole(0, 86_400_000, 'milliseconds, up to a day');

const rate = z.strictObject({
  /** So many within `perSeconds`. */
  count: number(),
  /** From the first of them. */
  perSeconds: whole(1, 86_400, 'seconds, up to a day').default(60),
});

const concurrency = z.strictObject({
  /** Of one caller, at once. */
  perCaller: number().exactOptional(),
  /** Of all callers together, at once. */
  inAll: number().exactOptional(),
});

const queue = z.strictObject({
  /** Of one caller, waiting. */
  perCaller: whole(0, 1_000_000, 'a whole number').default(100),
  /** Of all callers together, waiting. */
  inAll: whole(0, 1_000_000, 'a whole number').default(1_000),
  /** Milliseconds that one waits before it is refused. */
  maxWaitMs: duration().default(10_000),
});

const store = z.strictObject({
  /** The address of a Redis server: `redis://…`, or `rediss://…` over TLS. */
  redis: z
    .string()
    .regex(/^rediss?:\/\/./, { error: 'wanted an address that starts with redis:// or rediss://' }),
  /** What every key in it starts with. */
  prefix: z.string().max(100, { error: 'wanted up to 100 characters' }).default('toolscript'),
  /** Milliseconds that one answer of it is waited for. */
  timeoutMs: whole(1, 60_000, 'milliseconds, up to a minute').default(250),
  /** While it fails: count in this process alone, let everybody pass, or refuse everybody. */
  onFailure: z
    .enum(['memory', 'allow', 'refuse'], { error: 'wanted memory, allow or refuse' })
    .default('memory'),
});

/** Judges the settings and fills in what is left out. Without a rate or a concurrency, nothing is limited. */
export const trafficSettings = z.strictObject({
  /** By caller; scripts and tool calls are counted apart. Calls inside scripts are calls, and so are resources and prompts. */
  rates: z.strictObject({ scripts: rate.exactOptional(), calls: rate.exactOptional() }).prefault({}),
  /** In this process; of calls, those that clients make themselves. */
  concurrency: z
    .strictObject({ scripts: concurrency.exactOptional(), calls: concurrency.exactOptional() })
    .prefault({}),
  queue: queue.prefault({}),
  /** Default: in this process. */
  store: store.exactOptional(),
  /** Callers that are counted apart in this process; those beyond share what is left. */
  maxCallers: whole(1, 10_000_000, 'a whole number from 1').default(100_000),
});

/** The settings as they are written. */
export type TrafficSettings = z.input<typeof trafficSettings>;

/** The settings with nothing left out. */
export type CompleteSettings = z.output<typeof trafficSettings>;

/** One budget: so many in so many seconds. */
export type RateSettings = z.output<typeof rate>;

/** How many at once. */
export type ConcurrencySettings = z.output<typeof concurrency>;

/** Who may wait, and for how long. */
export type QueueSettings = z.output<typeof queue>;

/** Where it is counted by all replicas together. */
export type StoreSettings = z.output<typeof store>;
