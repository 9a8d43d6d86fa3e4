/** A sink that keeps what it gets. */
import type { EventName, TelemetryEvent } from '../event.js';
import type { TelemetrySink } from '../telemetry-sink.js';

/** For tests of what is told. */
export class RecordingSink implements TelemetrySink {
  readonly name = 'recording';
  readonly events: TelemetryEvent[] = [];

  /** The names of the events, in order. */
  get names(): readonly EventName[] {
    return this.events.map(({ name }) => name);
  }

  record(event: TelemetryEvent): void {
    this.events.push(event);
  }
}
