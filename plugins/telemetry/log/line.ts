/** What a line of the log is made of. */
import {
  spanIdOf,
  traceIdOf,
  type EndCode,
  type EventName,
  type Events,
  type TraceContext,
} from '../../../core/index.js';

/** How serious a line is. */
export type LineLevel = 'debug' | 'info' | 'warn' | 'error';

/** What a line says, field by field; what is undefined is not written. */
export type Fields = Readonly<Record<string, unknown>>;

/**
 * How an event becomes a line. Fields are named one by one, so that what an event carries beyond them is never
 * written, and worked out only when the line is. Texts are handed over as they are: they are redacted and cut
 * where the line is put together. What many lines have is spread last, which V8 does many times faster.
 */
export interface LineRule<Event> {
  readonly level: LineLevel | ((event: Event) => LineLevel);
  readonly message: string | ((event: Event) => string);
  readonly fields: (event: Event) => Fields;
}

/** The rules of some events. */
export type LineRules<Name extends EventName> = { readonly [N in Name]: LineRule<Events[N]> };

/** How serious an end is: an error is what we did wrong, a warning what somebody else did. */
export function endLevel({ code }: { readonly code: EndCode }): LineLevel {
  if (code === 'ok') return 'info';
  return code === 'internal' ? 'error' : 'warn';
}

/** One message for a good end, and one for any other. */
export function ended(good: string, bad: string): (event: { readonly code: EndCode }) => string {
  return ({ code }) => (code === 'ok' ? good : bad);
}

/** Where in a trace, by the names that OpenTelemetry gives these fields in logs of JSON. */
export function traceFields({ trace }: { readonly trace?: TraceContext }): Fields {
  if (trace === undefined) return {};
  return { trace_id: traceIdOf(trace), span_id: spanIdOf(trace), trace_flags: trace.traceparent.slice(-2) };
}

/** Milliseconds, to the tenth. */
export function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
