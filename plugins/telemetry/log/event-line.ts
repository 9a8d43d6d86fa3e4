/**
 * Events as lines of a log: which fields are written, at which level, in which words.
 *
 * Fields are named one by one: what an event carries beyond them is never written. Of a caller only its id
 * is, since claims and session may be secrets.
 */
import type { Events, TelemetryEvent } from '../../../core/index.js';

/** How serious a line is. */
export type LineLevel = 'info' | 'warn' | 'error';

/** One line. */
export interface EventLine {
  readonly level: LineLevel;
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The line of an event. */
export function eventLine(event: TelemetryEvent): EventLine {
  const { level, message, fields } = lineOf(event);
  return { level, message, fields: { event: event.name, ...fields } };
}

function lineOf(event: TelemetryEvent): EventLine {
  switch (event.name) {
    case 'script.started':
      return scriptStarted(event);
    case 'script.finished':
      return scriptFinished(event);
    case 'tool.called':
      return toolCalled(event);
    case 'context.denied':
      return contextDenied(event);
    case 'tools.found':
      return toolsFound(event);
    case 'savings.measured':
      return savingsMeasured(event);
    case 'index.failed':
      return indexFailed(event);
    case 'backend.changed':
      return backendChanged(event);
    case 'sink.muted':
      return sinkMuted(event);
  }
}

function scriptStarted(event: Events['script.started']): EventLine {
  const { runId, caller, scriptHash, runtime, scriptBytes, tools } = event;
  return {
    level: 'info',
    message: 'script started',
    fields: { runId, caller: cut(caller.id), scriptHash, runtime, scriptBytes, tools },
  };
}

function scriptFinished(event: Events['script.finished']): EventLine {
  const { runId, caller, scriptHash, runtime, code, usage, reason } = event;
  return {
    level: levelOf(code),
    message: code === 'ok' ? 'script finished' : 'script failed',
    fields: {
      runId,
      caller: cut(caller.id),
      scriptHash,
      runtime,
      code,
      ...usageFields(usage),
      ...(reason !== undefined && { reason: cut(reason) }),
    },
  };
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

function toolCalled(event: Events['tool.called']): EventLine {
  const { tool, caller, mode, runId, code, startedMs, queuedMs, ranMs, reason } = event;
  return {
    level: levelOf(code),
    message: code === 'ok' ? 'tool called' : 'tool call failed',
    fields: {
      tool: cut(tool),
      caller: cut(caller.id),
      mode,
      runId,
      code,
      startedMs: tenths(startedMs),
      queuedMs: tenths(queuedMs),
      ranMs: tenths(ranMs),
      reason: reason === undefined ? undefined : cut(reason),
    },
  };
}

function contextDenied({ method, caller, code, reason }: Events['context.denied']): EventLine {
  return {
    level: levelOf(code),
    message: 'context denied',
    fields: { method, caller: cut(caller.id), code, reason: reason === undefined ? undefined : cut(reason) },
  };
}

function toolsFound({ caller, ...counts }: Events['tools.found']): EventLine {
  const { mode, tools, found, baselineTokens, returnedTokens } = counts;
  return {
    level: 'info',
    message: 'tools found',
    fields: { caller: cut(caller.id), mode, tools, found, baselineTokens, returnedTokens },
  };
}

function savingsMeasured({ caller, ...figures }: Events['savings.measured']): EventLine {
  const { sessionId, finds, baselineTokens, listedTokens, foundTokens } = figures;
  return {
    level: 'info',
    message: 'savings measured',
    fields: { caller: cut(caller.id), sessionId, finds, baselineTokens, listedTokens, foundTokens },
  };
}

function indexFailed({ index, message }: Events['index.failed']): EventLine {
  return { level: 'warn', message: 'index failed', fields: { index: cut(index), reason: cut(message) } };
}

function backendChanged({ backend, up, tools, problems }: Events['backend.changed']): EventLine {
  return {
    level: up && problems.length === 0 ? 'info' : 'warn',
    message: up ? 'backend up' : 'backend down',
    fields: { backend: cut(backend), up, tools, problems: problems.slice(0, MAX_PROBLEMS).map(cut) },
  };
}

function sinkMuted({ sink, failures, message }: Events['sink.muted']): EventLine {
  return {
    level: 'error',
    message: 'sink muted',
    fields: { sink: cut(sink), failures, reason: cut(message) },
  };
}

function levelOf(code: Events['tool.called']['code']): LineLevel {
  if (code === 'ok') return 'info';
  return code === 'internal' ? 'error' : 'warn';
}

const MAX_PROBLEMS = 20;

const MAX_TEXT_LENGTH = 500;

/** Names come from outside: none fills the log. */
function cut(text: string): string {
  return text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text;
}

function tenths(milliseconds: number): number {
  return Math.round(milliseconds * 10) / 10;
}
