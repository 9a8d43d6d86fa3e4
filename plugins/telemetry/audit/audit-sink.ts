/**
 * Writes an audit trail: who called what, what was decided, and how it ended.
 *
 * Nothing of it happens on a script's path but putting a record into a queue. With `required`, new scripts are
 * refused while the disk fails; those that run go on, and their records wait in memory.
 */
import {
  systemClock,
  ToolscriptError,
  type Clock,
  type ContentKind,
  type SinkHost,
  type TelemetryEvent,
  type TelemetrySink,
} from '../../../core/index.js';
import type { TrailListener, TrailParts } from './audit-trail.js';
import { systemDisk, type AuditDisk } from './disk.js';
import { recordOf } from './event-record.js';
import { fault, leaseTrail, type TrailLease } from './open-trails.js';
import { auditSettings, type AuditSettings, type CompleteSettings } from './settings.js';
import { Who } from './who.js';

/** What the machine gives, for who owns it in its place: tests. */
export interface AuditMachine {
  readonly disk?: AuditDisk;
  readonly clock?: Clock;
  /** Milliseconds since 1970, UTC. */
  readonly utcMs?: () => number;
}

/**
 * A sink that writes to the file. Rejects with `config/invalid` for faulty settings, a folder that is not
 * there, and, with `required`, a file that cannot be written.
 */
export async function createAuditSink(
  settings: AuditSettings,
  machine: AuditMachine = {},
): Promise<TelemetrySink> {
  const { data, error } = auditSettings.safeParse(settings);
  if (data !== undefined) return openSink(data, machine);
  const faults = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new ToolscriptError({ code: 'config/invalid', message: `audit: ${faults.join('; ')}` });
}

/** The same by settings that are complete. */
export async function openSink(
  settings: CompleteSettings,
  { disk = systemDisk, clock = systemClock, utcMs = Date.now }: AuditMachine = {},
): Promise<TelemetrySink> {
  const parts: TrailParts = { disk, clock, utcMs };
  const lease = await leaseTrail(settings, parts);
  await lease.trail.flush();
  const { failure } = lease.trail;
  if (failure === undefined || !settings.required) return new AuditSink(settings, lease);
  await lease.release();
  throw fault(settings.file, failure);
}

class AuditSink implements TelemetrySink, TrailListener {
  readonly name = 'audit';
  readonly content: readonly ContentKind[];
  readonly #lease: TrailLease;
  readonly #isRequired: boolean;
  readonly #who: Who;
  readonly #stopListening: () => void;
  #host: SinkHost | undefined;
  #reason: string | undefined;
  #lost = 0;

  constructor(settings: CompleteSettings, lease: TrailLease) {
    this.content = settings.argumentHash ? ['argumentHash'] : [];
    this.#lease = lease;
    this.#isRequired = settings.required;
    this.#who = new Who(settings);
    this.#stopListening = lease.trail.listen(this);
  }

  attach(host: SinkHost): void {
    this.#host = host;
    const { failure } = this.#lease.trail;
    if (failure !== undefined) this.changed(failure);
  }

  record(event: TelemetryEvent): void {
    const record = recordOf(event, this.#who);
    if (record !== undefined && !this.#lease.trail.add(record)) this.#lost += 1;
  }

  refusal(): string | undefined {
    const { failure } = this.#lease.trail;
    return this.#isRequired && failure !== undefined ? `audit: ${failure}` : undefined;
  }

  changed(reason: string | undefined): void {
    if (reason !== undefined) this.#reason = reason;
    this.#host?.changed(reason === undefined, reason);
  }

  /** Losses are told in sums, not one by one. */
  tried(): void {
    if (this.#lost === 0) return;
    this.#host?.dropped(this.#lost, this.#reason ?? 'the disk does not keep up');
    this.#lost = 0;
  }

  async flush(): Promise<void> {
    await this.#lease.trail.flush();
  }

  async close(): Promise<void> {
    this.#lost += await this.#lease.release();
    this.tried();
    this.#stopListening();
  }
}
