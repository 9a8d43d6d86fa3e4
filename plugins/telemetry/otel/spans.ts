/**
 * Opens a span for each request, script and tool call, and ends it.
 *
 * The tracer is the host's, who may register it late: it is looked for when something begins, and where there
 * is none nothing is opened. How many spans are open is bounded: what does not end in time is ended.
 */
import {
  SpanKind,
  SpanStatusCode,
  trace as traceApi,
  type Attributes,
  type Span,
  type Tracer,
  type TracerProvider,
} from '@opentelemetry/api';

import type {
  EndCode,
  EventContent,
  Events,
  StartEvent,
  TelemetryEvent,
  TraceContext,
} from '../../../core/index.js';
import { BoundedMap } from './bounded-map.js';
import { CONVENTION, LIMIT_MET, OWN, SCOPE, SCRIPT_RUN, TOOLS_CALL } from './names.js';
import { methodOf } from './request-target.js';
import type { ClientTrace } from './settings.js';
import { shortContent, shortName } from './short-text.js';
import {
  callAttributes,
  callEndAttributes,
  requestAttributes,
  requestEndAttributes,
  scriptEndAttributes,
  scriptRefusedAttributes,
  scriptStartAttributes,
} from './span-attributes.js';
import { fromOutside, placeOf, withinSpan, type SpanOrigin } from './span-place.js';

/** How to open spans. */
export interface SpansOptions {
  readonly tracerProvider?: TracerProvider | undefined;
  readonly clientTrace: ClientTrace;
  readonly openSpans: number;
}

/** What a span is to be. */
interface Opening {
  /** Of what it is about. */
  readonly id: string;
  /** Of what it is part of, the nearest. */
  readonly parentId: string | undefined;
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
}

/** The spans of one composition. */
export class Spans {
  readonly #options: SpansOptions;
  /** By the id of the request, the run or the call. */
  readonly #open: BoundedMap<Span>;

  constructor(options: SpansOptions) {
    this.#options = options;
    this.#open = new BoundedMap(options.openSpans, endUnfinished);
  }

  /** Whether the host traces. */
  get isTraced(): boolean {
    return this.#tracer() !== undefined;
  }

  /** Opens the span of what begins, and answers its place; nothing where nobody traces. */
  open(event: StartEvent): TraceContext | undefined {
    const tracer = this.#tracer();
    if (tracer === undefined) return undefined;
    const { id, parentId, name, kind, attributes } = openingOf(event);
    const { within, links } = this.#origin(parentId, event.trace);
    const span = tracer.startSpan(name, { kind, attributes, ...(links !== undefined && { links }) }, within);
    const place = span.spanContext();
    if (!traceApi.isSpanContextValid(place)) return undefined;
    this.#open.set(id, span);
    return placeOf(place, event.trace);
  }

  /** Adds to spans what an event tells, and ends what is over. */
  record(event: TelemetryEvent): void {
    switch (event.name) {
      case 'request.finished':
        this.#end(event.requestId, event.code, () => requestEndAttributes(event));
        break;
      case 'script.started':
        this.#say(event.runId, { [OWN.script]: event.content?.script });
        break;
      case 'script.finished':
        this.#say(event.runId, { [OWN.scriptResult]: event.content?.result });
        this.#end(event.runId, event.code, () => scriptEndAttributes(event), event.content);
        break;
      case 'script.refused':
        this.#refused(event);
        break;
      case 'tool.started':
        this.#say(event.callId, { [CONVENTION.arguments]: event.content?.arguments });
        break;
      case 'tool.called':
        this.#called(event);
        break;
      case 'limit.met':
        this.#limitMet(event);
        break;
      default:
    }
  }

  /** Ends what is open. */
  close(): void {
    this.#open.clear();
  }

  /** None where the host registered nothing: then spans would cost, and come to nothing. */
  #tracer(): Tracer | undefined {
    const provider = this.#options.tracerProvider ?? traceApi.getTracerProvider();
    return isDelegating(provider) ? provider.getDelegateTracer(SCOPE) : provider.getTracer(SCOPE);
  }

  #origin(parentId: string | undefined, place: TraceContext | undefined): SpanOrigin {
    const parent = parentId === undefined ? undefined : this.#open.get(parentId);
    return parent === undefined ? fromOutside(place, this.#options.clientTrace) : withinSpan(parent);
  }

  #say(id: string, content: Readonly<Record<string, string | undefined>>): void {
    for (const [key, text] of Object.entries(content))
      if (text !== undefined) this.#open.get(id)?.setAttribute(key, shortContent(text));
  }

  #end(id: string, code: EndCode, attributes: () => Attributes, content?: EventContent): void {
    const span = this.#open.take(id);
    if (span === undefined) return;
    if (span.isRecording()) {
      span.setAttributes(attributes());
      if (code !== 'ok') span.setStatus(failure(code, content));
    }
    span.end();
  }

  #called(event: Events['tool.called'] & { readonly content?: EventContent }): void {
    const { callId, runId, requestId, code, content } = event;
    if (this.#open.get(callId) === undefined) {
      // It was refused before it was sent: a span shows that it was asked for, where there is one to show it in.
      const parent = this.#open.get(runId ?? requestId ?? '');
      if (parent?.isRecording() !== true) return;
      this.#openWithin(parent, callId, callName(event), SpanKind.CLIENT, callAttributes(event));
    }
    this.#say(callId, { [CONVENTION.result]: content?.result });
    this.#end(callId, code, () => callEndAttributes(event), content);
  }

  #refused(event: Events['script.refused'] & { readonly content?: EventContent }): void {
    const parent = this.#open.get(event.requestId ?? '');
    if (parent?.isRecording() !== true) return;
    this.#openWithin(parent, event.runId, SCRIPT_RUN, SpanKind.INTERNAL, {});
    this.#say(event.runId, { [OWN.script]: event.content?.script });
    this.#end(event.runId, event.code, () => scriptRefusedAttributes(event), event.content);
  }

  #openWithin(parent: Span, id: string, name: string, kind: SpanKind, attributes: Attributes): void {
    const span = this.#tracer()?.startSpan(name, { kind, attributes }, withinSpan(parent).within);
    if (span !== undefined) this.#open.set(id, span);
  }

  #limitMet({ limit, bound, tool, runId, requestId }: Events['limit.met']): void {
    const span = this.#open.get(runId ?? '') ?? this.#open.get(requestId ?? '');
    if (span?.isRecording() !== true) return;
    span.addEvent(LIMIT_MET, {
      [OWN.limit]: limit,
      [OWN.bound]: bound,
      ...(tool !== undefined && { [CONVENTION.tool]: shortName(tool) }),
    });
  }
}

function openingOf(event: StartEvent): Opening {
  switch (event.name) {
    case 'request.started':
      return {
        id: event.requestId,
        parentId: undefined,
        name: requestName(event),
        kind: SpanKind.SERVER,
        attributes: requestAttributes(event),
      };
    case 'script.started':
      return {
        id: event.runId,
        parentId: event.requestId,
        name: SCRIPT_RUN,
        kind: SpanKind.INTERNAL,
        attributes: scriptStartAttributes(event),
      };
    case 'tool.started':
      return {
        id: event.callId,
        parentId: event.runId ?? event.requestId,
        name: callName(event),
        kind: SpanKind.CLIENT,
        attributes: { ...callAttributes(event), [OWN.queued]: event.queuedMs },
      };
  }
}

function requestName({ method, target }: Events['request.started']): string {
  const name = methodOf({ method });
  return target === undefined ? name : `${name} ${shortName(target)}`;
}

function callName({ tool }: Events['tool.called'] | Events['tool.started']): string {
  return `${TOOLS_CALL} ${shortName(tool)}`;
}

function failure(code: EndCode, content: EventContent | undefined) {
  const message = content?.error;
  return {
    code: SpanStatusCode.ERROR,
    message: message === undefined ? code : `${code}: ${shortContent(message)}`,
  };
}

function endUnfinished(span: Span): void {
  span.setAttribute(OWN.unfinished, true);
  span.end();
}

/** The API's own provider, until the host registers one. */
interface Delegating {
  getDelegateTracer(name: string): Tracer | undefined;
}

function isDelegating(provider: TracerProvider): provider is TracerProvider & Delegating {
  return 'getDelegateTracer' in provider;
}
