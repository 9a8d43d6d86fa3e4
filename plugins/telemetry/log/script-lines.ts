/** The lines of scripts. */
import type { Events, ScriptSubject } from '../../../core/index.js';
import { endLevel, ended, tenths, traceFields, type Fields, type LineRules } from './line.js';

/** From a script's start, or why it did not, to its end; limits that it or a call came to. */
export const scriptLines: LineRules<'script.started' | 'script.refused' | 'script.finished' | 'limit.met'> = {
  'script.started': {
    level: 'debug',
    message: 'script started',
    fields: (event) => ({
      scriptBytes: event.scriptBytes,
      tools: event.tools,
      queuedMs: tenths(event.queuedMs),
      ...scriptFields(event),
    }),
  },
  'script.refused': {
    level: endLevel,
    message: 'script refused',
    fields: (event) => ({
      code: event.code,
      queuedMs: tenths(event.queuedMs),
      reason: event.reason,
      ...scriptFields(event),
    }),
  },
  'script.finished': {
    level: endLevel,
    message: ended('script finished', 'script failed'),
    fields: (event) => ({
      code: event.code,
      resultBytes: event.resultBytes,
      savedTokens: event.savedTokens,
      position: event.position,
      tool: event.tool,
      ...usageFields(event),
      ...scriptFields(event),
    }),
  },
  'limit.met': {
    level: 'warn',
    message: 'limit met',
    fields: (event) => ({
      runId: event.runId,
      requestId: event.requestId,
      caller: event.caller.id,
      session: event.caller.session,
      limit: event.limit,
      bound: event.bound,
      tool: event.tool,
      ...traceFields(event),
    }),
  },
};

function scriptFields(event: ScriptSubject): Fields {
  return {
    runId: event.runId,
    requestId: event.requestId,
    caller: event.caller.id,
    session: event.caller.session,
    scriptHash: event.scriptHash,
    runtime: event.runtime,
    ...traceFields(event),
  };
}

/** The time is split: `waitMs` for tools and sleep, `computeMs` for the rest. */
function usageFields({ usage }: Events['script.finished']): Fields {
  return {
    wallTimeMs: tenths(usage.wallTimeMs),
    computeMs: tenths(Math.max(0, usage.wallTimeMs - usage.waitMs)),
    waitMs: tenths(usage.waitMs),
    steps: usage.steps,
    memoryBytes: usage.memoryBytes,
    toolCalls: usage.toolCalls,
    branches: usage.branches,
    parallelPeak: usage.parallelPeak,
    outputBytes: usage.outputBytes,
    logBytes: usage.logBytes,
  };
}
