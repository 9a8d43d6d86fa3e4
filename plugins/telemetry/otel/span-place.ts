/** Where spans stand: places in traces as events carry them, to and from those of the API. */
import {
  context,
  createTraceState,
  trace as traceApi,
  TraceFlags,
  type Context,
  type Link,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';

import { spanIdOf, traceIdOf, type TraceContext } from '../../../core/index.js';
import type { ClientTrace } from './settings.js';

/** Where a span begins. */
export interface SpanOrigin {
  readonly within: Context;
  readonly links?: Link[];
}

/** Within a span of ours. */
export function withinSpan(parent: Span): SpanOrigin {
  return { within: traceApi.setSpan(context.active(), parent) };
}

/**
 * Where nothing of ours is around. The client's span is the parent, and one that is active in the host is
 * linked (as the conventions of MCP ask); or what `mode` says.
 */
export function fromOutside(client: TraceContext | undefined, mode: ClientTrace): SpanOrigin {
  const within = context.active();
  if (client === undefined || mode === 'ignore') return { within };
  const remote = remoteSpan(client);
  if (mode === 'link') return { within, links: [{ context: remote }] };
  const ambient = traceApi.getSpanContext(within);
  return {
    within: traceApi.setSpanContext(within, remote),
    ...(ambient !== undefined && traceApi.isSpanContextValid(ambient) && { links: [{ context: ambient }] }),
  };
}

/** The place of a span, with the baggage of what it is part of. */
export function placeOf(span: SpanContext, { baggage }: Partial<TraceContext> = {}): TraceContext {
  const { traceId, spanId, traceFlags, traceState } = span;
  const tracestate = traceState?.serialize() ?? '';
  return {
    traceparent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
    ...(tracestate !== '' && { tracestate }),
    ...(baggage !== undefined && { baggage }),
  };
}

function remoteSpan(place: TraceContext): SpanContext {
  const { traceparent, tracestate } = place;
  return {
    traceId: traceIdOf(place),
    spanId: spanIdOf(place),
    traceFlags: Number.parseInt(traceparent.slice(-2), 16) & TraceFlags.SAMPLED,
    isRemote: true,
    ...(tracestate !== undefined && { traceState: createTraceState(tracestate) }),
  };
}
