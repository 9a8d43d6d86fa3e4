/**
 * Events as lines of a log: each event's rule, and what is done with the texts of all of them.
 *
 * Every text is redacted and cut, but for those that we made ourselves; so is what a sink asked to see of
 * scripts, data, arguments, results, logs and errors.
 */
import type { EventContent, EventName, Redaction, TelemetryEvent } from '../../../core/index.js';
import { callLines } from './call-lines.js';
import type { Fields, LineLevel, LineRule, LineRules } from './line.js';
import { requestLines } from './request-lines.js';
import { scriptLines } from './script-lines.js';
import { backendLines, serviceLines, sinkLines } from './service-lines.js';

/** How texts are written. */
export interface TextRules {
  readonly redact: Redaction;
  /** UTF-16 units of one content. */
  readonly contentLength: number;
}

/** How serious an event's line is. */
export function levelOf(event: TelemetryEvent): LineLevel {
  return chosen(ruleOf(event).level, event);
}

/** What it says in words. */
export function messageOf(event: TelemetryEvent): string {
  return chosen(ruleOf(event).message, event);
}

/** What it says field by field. */
export function fieldsOf(event: TelemetryEvent, rules: TextRules): Fields {
  const fields: Record<string, unknown> = { event: event.name };
  for (const [name, value] of Object.entries(ruleOf(event).fields(event))) {
    fields[name] = OWN_TEXTS.has(name) ? value : written(value, rules.redact);
  }
  const { content } = event;
  if (content !== undefined && Object.keys(content).length > 0) fields['content'] = shown(content, rules);
  return fields;
}

const LINES: LineRules<EventName> = {
  ...serviceLines,
  ...requestLines,
  ...scriptLines,
  ...callLines,
  ...backendLines,
  ...sinkLines,
};

/** Fields whose texts come from nobody else: ids, hashes, and words of our own tables. */
const OWN_TEXTS: ReadonlySet<string> = new Set([
  'requestId',
  'runId',
  'callId',
  'sessionId',
  'scriptHash',
  'trace_id',
  'span_id',
  'trace_flags',
  'transport',
  'mode',
  'code',
  'status',
  'limit',
]);

const MAX_TEXT_LENGTH = 500;
const MAX_TEXTS = 20;

function ruleOf(event: TelemetryEvent): LineRule<TelemetryEvent> {
  return LINES[event.name] as LineRule<TelemetryEvent>;
}

function chosen<T extends string>(given: T | ((event: TelemetryEvent) => T), event: TelemetryEvent): T {
  return typeof given === 'function' ? given(event) : given;
}

function written(value: unknown, redact: Redaction): unknown {
  if (typeof value === 'string') return redact(value, MAX_TEXT_LENGTH);
  if (Array.isArray(value)) return value.slice(0, MAX_TEXTS).map((text) => written(text, redact));
  return value;
}

function shown({ logs, ...texts }: EventContent, { redact, contentLength }: TextRules): Fields {
  const all = logs === undefined ? texts : { ...texts, logs: logs.join('\n') };
  return Object.fromEntries(Object.entries(all).map(([kind, text]) => [kind, redact(text, contentLength)]));
}
