/** Says on the error output what goes wrong with sinks: there may be no other one to tell it. */
import type { EventName, Events, TelemetrySink } from '../../../core/index.js';

/** A sink that reports on the others. */
export function createSinkReport(report: (line: string) => void): TelemetrySink {
  return {
    name: 'report',
    record(event) {
      const line = (LINES[event.name] as ((event: Events[EventName]) => string) | undefined)?.(event);
      if (line !== undefined) report(line);
    },
  };
}

const LINES: { readonly [N in EventName]?: (event: Events[N]) => string } = {
  'sink.muted': ({ sink, message }) => `sink "${sink}" failed and hears nothing more: ${message}`,
  'sink.changed': ({ sink, up, reason }) =>
    up ? `sink "${sink}" works again` : `sink "${sink}" fails: ${reason ?? 'it gives no reason'}`,
  'sink.dropped': ({ sink, events, reason }) => `sink "${sink}" lost ${String(events)} events: ${reason}`,
};
