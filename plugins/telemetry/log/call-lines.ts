/** The lines of tool calls. */
import type { CallSubject } from '../../../core/index.js';
import { endLevel, ended, tenths, traceFields, type Fields, type LineRules } from './line.js';

/** From a call's asking to its end. */
export const callLines: LineRules<'tool.queued' | 'tool.started' | 'tool.called'> = {
  'tool.queued': { level: 'debug', message: 'tool call queued', fields: callFields },
  'tool.started': {
    level: 'debug',
    message: 'tool call started',
    fields: (event) => ({ queuedMs: tenths(event.queuedMs), ...callFields(event) }),
  },
  'tool.called': {
    level: endLevel,
    message: ended('tool called', 'tool call failed'),
    fields: (event) => ({
      code: event.code,
      status: event.status,
      queuedMs: tenths(event.queuedMs),
      ranMs: tenths(event.ranMs),
      resultBytes: event.resultBytes,
      reason: event.reason,
      ...callFields(event),
    }),
  },
};

function callFields(event: CallSubject): Fields {
  return {
    callId: event.callId,
    runId: event.runId,
    requestId: event.requestId,
    caller: event.caller.id,
    session: event.caller.session,
    tool: event.tool,
    backend: event.backend,
    mode: event.mode,
    startedMs: tenths(event.startedMs),
    ...traceFields(event),
  };
}
