/**
 * What every sink keeps, as checks that any runner of tests can run:
 *
 *     for (const { name, run } of sinkChecks({ make })) it(name, run)
 */
import { systemClock } from '../clock.js';
import type { Clock } from '../clock.js';
import type { StartEvent, TelemetryEvent } from '../event.js';
import { CONTENT_KINDS } from '../event-content.js';
import { isJsonArray } from '../json.js';
import type { TelemetrySink } from '../telemetry-sink.js';
import { traceContextOf } from '../trace-context.js';
import { must, within } from './contract-check.js';
import type { ContractCheck } from './contract-check.js';
import { HOSTILE_TEXTS } from './hostile-json.js';
import { sampleEvents } from './sample-events.js';

/** How the sink is had. */
export interface SinkChecksOptions {
  /** Makes a new one, for each check. */
  readonly make: () => TelemetrySink | Promise<TelemetrySink>;
  /** All that the last one wrote until now; without it nobody looks for what it should not write. */
  readonly written?: () => string | Promise<string>;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

/** The checks. */
export function sinkChecks({
  make,
  written,
  clock = systemClock,
}: SinkChecksOptions): readonly ContractCheck[] {
  const checks = Object.entries(PROMISES).map(([name, keep]) => ({
    name,
    run: async () => keep(await make(), clock),
  }));
  if (written === undefined) return checks;
  const run = async (): Promise<void> => writesNoSecret(await make(), written, clock);
  return [...checks, { name: 'writes no claims of callers', run }];
}

const FLUSH_MS = 5_000;
const CLOSE_MS = 2_000;
/** Milliseconds for one event, in the quickest of some rounds. */
const QUICK_MS = 1;
const SECRET = 'planted-7f3a9c';

const PROMISES: Readonly<Record<string, (sink: TelemetrySink, clock: Clock) => Promise<void>>> = {
  async 'says what it is in known words'(sink, clock) {
    const { name, content = [], takes } = sink;
    must(name === undefined || typeof name === 'string', 'name: want a text');
    must(isJsonArray(content), 'content: want a list');
    const strange = content.filter((kind) => !CONTENT_KINDS.includes(kind));
    must(
      strange.length === 0,
      `content: found ${strange.join(', ')}, want some of ${CONTENT_KINDS.join(', ')}`,
    );
    const names = sampleEvents().map((event) => event.name);
    must(takes?.every((event) => names.includes(event)) ?? true, 'takes: want names of events');
    await ended(sink, clock);
  },
  async 'takes every event'(sink, clock) {
    attach(sink);
    await recordAll(sink, sampleEvents(), clock);
    await ended(sink, clock);
  },
  async 'takes every event with hostile names'(sink, clock) {
    attach(sink);
    for (const text of HOSTILE_TEXTS) await recordAll(sink, sampleEvents(text), clock);
    await ended(sink, clock);
  },
  async 'is quick'(sink, clock) {
    attach(sink);
    const events = sampleEvents();
    let quickest = Number.POSITIVE_INFINITY;
    for (let round = 0; round < 20; round += 1) {
      const startedMs = clock.now();
      for (const event of events) sink.record(event);
      quickest = Math.min(quickest, (clock.now() - startedMs) / events.length);
    }
    must(
      quickest <= QUICK_MS,
      `record: took ${quickest.toFixed(1)} ms an event, want ${String(QUICK_MS)} at most`,
    );
    await ended(sink, clock);
  },
  async 'leaves events as they are'(sink, clock) {
    attach(sink);
    for (const event of sampleEvents()) {
      const { name } = event;
      const before = JSON.stringify(event);
      await recordAll(sink, [event], clock);
      must(JSON.stringify(event) === before, `record: changed ${name}`);
    }
    await ended(sink, clock);
  },
  async 'opens spans at places in a trace, or none'(sink, clock) {
    attach(sink);
    for (const event of sampleEvents().filter(isStart)) {
      const trace = sink.trace?.(event);
      const isPlace = trace === undefined || traceContextOf({ ...trace }) !== undefined;
      must(isPlace, `trace: ${event.name} got no traceparent of W3C Trace Context`);
      await recordAll(sink, [trace === undefined ? event : { ...event, trace }], clock);
    }
    await ended(sink, clock);
  },
  async 'refuses with a reason, or not'(sink, clock) {
    attach(sink);
    const reason: unknown = sink.refusal?.();
    must(
      reason === undefined || (typeof reason === 'string' && reason !== ''),
      'refusal: want a text, or undefined',
    );
    await ended(sink, clock);
  },
  async 'says whether it is idle'(sink, clock) {
    attach(sink);
    const answer: unknown = sink.idle?.();
    must(answer === undefined || typeof answer === 'boolean', 'idle: want true or false');
    await ended(sink, clock);
  },
  async 'works without being attached'(sink, clock) {
    await recordAll(sink, sampleEvents(), clock);
    await ended(sink, clock);
  },
  async 'flushes and closes in time, also twice, and without an event'(sink, clock) {
    attach(sink);
    await ended(sink, clock);
    await within(clock, CLOSE_MS, 'close, again', async () => sink.close?.());
  },
};

async function writesNoSecret(
  sink: TelemetrySink,
  written: () => string | Promise<string>,
  clock: Clock,
): Promise<void> {
  attach(sink);
  const claims = { email: SECRET };
  const events = sampleEvents().map((event) =>
    'caller' in event ? { ...event, caller: { ...event.caller, claims } } : event,
  );
  await recordAll(sink, events, clock);
  await ended(sink, clock);
  must(!(await written()).includes(SECRET), 'record: wrote the claims of a caller');
}

function attach(sink: TelemetrySink): void {
  sink.attach?.({ dropped: () => undefined, changed: () => undefined });
}

/** What `record` answers is `undefined` or a promise that should not reject. */
async function recordAll(
  sink: TelemetrySink,
  events: readonly TelemetryEvent[],
  clock: Clock,
): Promise<void> {
  const strange: { record(event: TelemetryEvent): unknown } = sink;
  for (const event of events) {
    const recorded = async (): Promise<void> => {
      await strange.record(event);
    };
    await within(clock, CLOSE_MS, `record ${event.name}`, recorded).catch((thrown: unknown) => {
      throw new Error(`record: failed on ${event.name}`, { cause: thrown });
    });
  }
}

async function ended(sink: TelemetrySink, clock: Clock): Promise<void> {
  await within(clock, FLUSH_MS, 'flush', async () => sink.flush?.());
  await within(clock, CLOSE_MS, 'close', async () => sink.close?.());
}

function isStart(event: TelemetryEvent): event is StartEvent {
  return event.name.endsWith('.started') && event.name !== 'service.started';
}
