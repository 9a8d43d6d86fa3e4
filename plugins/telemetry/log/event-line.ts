/**
 * Events as lines of a log: which fields are written, at which level, in which words.
 *
 * Fields are named one by one: what an event carries beyond them is never written. Of a caller only its id
 * is, since claims and session may be secrets.
 */
import {
  spanIdOf,
  traceIdOf,
  type CallSubject,
  type EndCode,
  type EventName,
  type Events,
  type RequestSubject,
  type ScriptSubject,
  type TelemetryEvent,
  type TraceContext,
} from '../../../core/index.js';

/** How serious a line is. */
export type LineLevel = 'debug' | 'info' | 'warn' | 'error';

/** One line. */
export interface EventLine {
  readonly level: LineLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The line of an event. */
export function eventLine(event: TelemetryEvent): EventLine {
  const line = LINES[event.name] as (event: TelemetryEvent) => EventLine;
  const { level, message, fields } = line(event);
  return { level, message, fields: { event: event.name, ...fields } };
}

/** Each event's line. */
const LINES: { readonly [N in EventName]: (event: Events[N]) => Omit<EventLine, 'fields'> & Fields } = {
  'service.started': ({ service, version, codeMode, optimizer }) => ({
    level: 'info',
    message: 'service started',
    fields: { service: cut(service), version, codeMode, optimizer },
  }),
  'request.started': (event) => ({
    level: 'debug',
    message: 'request started',
    fields: requestFields(event),
  }),
  'request.finished': (event) => ({
    level: levelOf(event.code),
    message: event.code === 'ok' ? 'request finished' : 'request failed',
    fields: {
      ...requestFields(event),
      code: event.code,
      rpcCode: event.rpcCode,
      ranMs: tenths(event.ranMs),
    },
  }),
  'script.started': (event) => ({
    level: 'info',
    message: 'script started',
    fields: {
      ...scriptFields(event),
      scriptBytes: event.scriptBytes,
      tools: event.tools,
      queuedMs: tenths(event.queuedMs),
    },
  }),
  'script.refused': (event) => ({
    level: levelOf(event.code),
    message: 'script refused',
    fields: {
      ...scriptFields(event),
      code: event.code,
      queuedMs: tenths(event.queuedMs),
      reason: optional(event.reason),
    },
  }),
  'script.finished': (event) => ({
    level: levelOf(event.code),
    message: event.code === 'ok' ? 'script finished' : 'script failed',
    fields: {
      ...scriptFields(event),
      code: event.code,
      ...usageFields(event.usage),
      resultBytes: event.resultBytes,
      savedTokens: event.savedTokens,
      position: event.position,
      tool: optional(event.tool),
    },
  }),
  'tool.queued': (event) => ({ level: 'debug', message: 'tool call queued', fields: callFields(event) }),
  'tool.started': (event) => ({
    level: 'debug',
    message: 'tool call started',
    fields: { ...callFields(event), queuedMs: tenths(event.queuedMs) },
  }),
  'tool.called': (event) => ({
    level: levelOf(event.code),
    message: event.code === 'ok' ? 'tool called' : 'tool call failed',
    fields: {
      ...callFields(event),
      code: event.code,
      status: event.status,
      queuedMs: tenths(event.queuedMs),
      ranMs: tenths(event.ranMs),
      resultBytes: event.resultBytes,
      reason: optional(event.reason),
    },
  }),
  'limit.met': ({ limit, bound, caller, runId, requestId, tool, trace }) => ({
    level: 'warn',
    message: 'limit met',
    fields: {
      limit,
      bound,
      caller: cut(caller.id),
      runId,
      requestId,
      tool: optional(tool),
      ...traceFields(trace),
    },
  }),
  'context.denied': ({ method, caller, target, requestId, code, reason, trace }) => ({
    level: levelOf(code),
    message: 'context denied',
    fields: {
      method,
      caller: cut(caller.id),
      target: optional(target),
      requestId,
      code,
      reason: optional(reason),
      ...traceFields(trace),
    },
  }),
  'tools.found': ({ caller, mode, tools, found, baselineTokens, returnedTokens }) => ({
    level: 'info',
    message: 'tools found',
    fields: { caller: cut(caller.id), mode, tools, found, baselineTokens, returnedTokens },
  }),
  'savings.measured': ({ caller, sessionId, finds, baselineTokens, listedTokens, foundTokens }) => ({
    level: 'info',
    message: 'savings measured',
    fields: { caller: cut(caller.id), sessionId, finds, baselineTokens, listedTokens, foundTokens },
  }),
  'catalog.changed': ({ tools, added, removed, changed }) => ({
    level: 'info',
    message: 'catalog changed',
    fields: { tools, added, removed, changed },
  }),
  'index.failed': ({ index, message }) => ({
    level: 'warn',
    message: 'index failed',
    fields: { index: cut(index), reason: cut(message) },
  }),
  'backend.changed': ({ backend, up, tools, problems }) => ({
    level: up && problems.length === 0 ? 'info' : 'warn',
    message: up ? 'backend up' : 'backend down',
    fields: { backend: cut(backend), up, tools, problems: problems.slice(0, MAX_PROBLEMS).map(cut) },
  }),
  'sink.muted': ({ sink, failures, message }) => ({
    level: 'error',
    message: 'sink muted',
    fields: { sink: cut(sink), failures, reason: cut(message) },
  }),
  'sink.changed': ({ sink, up, reason }) => ({
    level: up ? 'info' : 'error',
    message: up ? 'sink works again' : 'sink fails',
    fields: { sink: cut(sink), up, reason: optional(reason) },
  }),
  'sink.dropped': ({ sink, events, reason }) => ({
    level: 'error',
    message: 'events lost',
    fields: { sink: cut(sink), events, reason: cut(reason) },
  }),
};

type Fields = Pick<EventLine, 'fields'>;

function requestFields({
  requestId,
  caller,
  method,
  target,
  transport,
  protocolVersion,
  trace,
}: RequestSubject) {
  return {
    requestId,
    caller: cut(caller.id),
    method: cut(method),
    target: optional(target),
    transport,
    protocolVersion,
    ...traceFields(trace),
  };
}

function scriptFields({ runId, requestId, caller, scriptHash, runtime, trace }: ScriptSubject) {
  return { runId, requestId, caller: cut(caller.id), scriptHash, runtime, ...traceFields(trace) };
}

function callFields({
  callId,
  tool,
  backend,
  caller,
  mode,
  runId,
  requestId,
  startedMs,
  trace,
}: CallSubject) {
  return {
    callId,
    tool: cut(tool),
    backend: optional(backend),
    caller: cut(caller.id),
    mode,
    runId,
    requestId,
    startedMs: tenths(startedMs),
    ...traceFields(trace),
  };
}

function traceFields(trace: TraceContext | undefined) {
  return trace === undefined ? {} : { traceId: traceIdOf(trace), spanId: spanIdOf(trace) };
}

function usageFields(usage: Events['script.finished']['usage']): Record<string, number> {
  const { steps, memoryBytes, toolCalls, branches, parallelPeak, outputBytes, logBytes, wallTimeMs, waitMs } =
    usage;
  return {
    steps,
    memoryBytes,
    toolCalls,
    branches,
    parallelPeak,
    outputBytes,
    logBytes,
    wallTimeMs: tenths(wallTimeMs),
    waitMs: tenths(waitMs),
  };
}

function levelOf(code: EndCode): LineLevel {
  if (code === 'ok') return 'info';
  return code === 'internal' ? 'error' : 'warn';
}

const MAX_PROBLEMS = 20;

const MAX_TEXT_LENGTH = 500;

/** Names come from outside: none fills the log. */
function cut(text: string): string {
  return text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text;
}

function optional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : cut(text);
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
