import { definePlugin } from 'toolscript';
import type { EventName, TelemetryEvent, TelemetrySink } from 'toolscript';

export class FailureCount implements TelemetrySink {
  readonly name = 'failure-count';
  readonly takes: readonly EventName[] = ['tool.called'];
  readonly #failures = new Map<string, number>();

  record(event: TelemetryEvent): void {
    if (event.name !== 'tool.called' || event.code === 'ok') return;
    this.#failures.set(event.tool, (this.#failures.get(event.tool) ?? 0) + 1);
  }

  close(): void {
    for (const [tool, times] of this.#failures) console.log(`${tool} failed ${String(times)} times`);
  }
}

export default definePlugin({ kind: 'sink', name: 'failure-count', create: () => new FailureCount() });
