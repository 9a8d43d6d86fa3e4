/** Tells a sink what happened before, as the core would have told it. */
import type { StartEvent, TelemetryEvent, TelemetrySink } from '../../core/index.js';

const STARTS: ReadonlySet<string> = new Set(['request.started', 'script.started', 'tool.started']);

/** Each event in its turn, with the content that the sink asks for; where one begins, a span is asked for first. */
export function replay(sink: TelemetrySink, events: readonly TelemetryEvent[]): void {
  for (const { content = {}, ...event } of events) {
    const wanted = (sink.content ?? []).filter((kind) => content[kind] !== undefined);
    const told = {
      ...event,
      ...(wanted.length > 0 && { content: Object.fromEntries(wanted.map((kind) => [kind, content[kind]])) }),
    } as TelemetryEvent;
    if (STARTS.has(told.name)) sink.trace?.(told as StartEvent);
    sink.record(told);
  }
}
