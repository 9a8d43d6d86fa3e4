/**
 * Events as records: which are written, with which fields. Fields are named one by one: what an event
 * carries beyond them is never written.
 */
import {
  SCRIPT_TOOL_NAME,
  type EndCode,
  type EventName,
  type Events,
  type TelemetryEvent,
} from '../../../core/index.js';
import type { RecordBody } from './record-schema.js';
import type { Who } from './who.js';

/** The record of an event; nothing for one that is not part of an audit. */
export function recordOf(event: TelemetryEvent, who: Who): RecordBody | undefined {
  const record = RECORDS[event.name] as
    ((event: TelemetryEvent, who: Who) => RecordBody | undefined) | undefined;
  return record?.(event, who);
}

type Recorded<N extends EventName> = Extract<TelemetryEvent, { readonly name: N }>;

const RECORDS: { readonly [N in EventName]?: (event: Recorded<N>, who: Who) => RecordBody | undefined } = {
  'script.finished': (event, who) => ({
    kind: 'script',
    ...who.of(event),
    ...scriptFields(event),
    decision: 'allowed',
    code: event.code,
    tool: optional(event.tool),
    steps: event.usage.steps,
    toolCalls: event.usage.toolCalls,
    waitMs: event.usage.waitMs,
    ranMs: event.usage.wallTimeMs,
  }),
  'script.refused': (event, who) => ({
    kind: 'script',
    ...who.of(event),
    ...scriptFields(event),
    decision: event.code === 'tool/denied' ? 'denied' : 'refused',
    reason: optional(event.reason),
    code: event.code,
    ranMs: event.queuedMs,
  }),
  'tool.called': (event, who) => ({
    kind: 'call',
    ...who.of(event),
    callId: event.callId,
    runId: event.runId,
    mode: event.mode,
    tool: cut(event.tool),
    backend: optional(event.backend),
    decision: DECISIONS[event.code] ?? 'allowed',
    reason: optional(event.reason),
    code: event.code,
    status: event.status,
    queuedMs: event.queuedMs,
    ranMs: event.ranMs,
    argumentHash: who.hash(event.content?.argumentHash),
  }),
  'context.denied': (event, who) => ({
    kind: 'context',
    ...who.of(event),
    method: event.method,
    target: optional(event.target),
    decision: 'denied',
    reason: optional(event.reason),
    code: event.code,
    argumentHash: who.hash(event.content?.argumentHash),
  }),
  'request.finished': (event, who) => {
    if (!NOT_THERE.has(event.code) || event.target === SCRIPT_TOOL_NAME) return undefined;
    const { method, target, code, ranMs } = event;
    const subject = { method: cut(method), target: optional(target) };
    return { kind: 'request', ...who.of(event), ...subject, decision: 'refused', code, ranMs };
  },
};

/** What the end of a call says of whether it was let go; of all others, that it was. */
const DECISIONS: { readonly [Code in EndCode]?: 'denied' | 'refused' } = {
  'tool/denied': 'denied',
  'tool/arguments': 'refused',
  'tool/unknown': 'refused',
  'limit/refused': 'refused',
};

/** Requests that came to no call, so that no other event tells of them. */
const NOT_THERE: ReadonlySet<EndCode> = new Set(['tool/unknown', 'context/unknown']);

function scriptFields({ runId, scriptHash, runtime }: Events['script.finished'] | Events['script.refused']) {
  return { runId, scriptHash, runtime };
}

const MAX_TEXT_LENGTH = 500;

/** Names come from outside: none fills the disk. */
function cut(text: string): string {
  return text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text;
}

function optional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cut(text);
}
