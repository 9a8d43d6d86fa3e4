/** The lines of what no client asked for: the service, the tools behind it, the sinks. */
import { type LineRules } from './line.js';

/** What is offered, and what it spares. */
export const serviceLines: LineRules<'service.started' | 'tools.found' | 'savings.measured'> = {
  'service.started': {
    level: 'info',
    message: 'service started',
    fields: ({ service, version, codeMode, optimizer }) => ({ service, version, codeMode, optimizer }),
  },
  'tools.found': {
    level: 'info',
    message: 'tools found',
    fields: (event) => ({
      caller: event.caller.id,
      session: event.caller.session,
      mode: event.mode,
      tools: event.tools,
      found: event.found,
      baselineTokens: event.baselineTokens,
      returnedTokens: event.returnedTokens,
    }),
  },
  'savings.measured': {
    level: 'info',
    message: 'savings measured',
    fields: (event) => ({
      caller: event.caller.id,
      session: event.caller.session,
      sessionId: event.sessionId,
      finds: event.finds,
      baselineTokens: event.baselineTokens,
      listedTokens: event.listedTokens,
      foundTokens: event.foundTokens,
    }),
  },
};

/** What is behind us. */
export const backendLines: LineRules<'catalog.changed' | 'index.failed' | 'backend.changed'> = {
  'catalog.changed': {
    level: 'info',
    message: 'catalog changed',
    fields: ({ tools, added, removed, changed }) => ({ tools, added, removed, changed }),
  },
  'index.failed': {
    level: 'warn',
    message: 'index failed',
    fields: ({ index, message }) => ({ index, reason: message }),
  },
  'backend.changed': {
    level: ({ up, problems }) => (up && problems.length === 0 ? 'info' : 'warn'),
    message: ({ up }) => (up ? 'backend up' : 'backend down'),
    fields: ({ backend, up, tools, problems }) => ({ backend, up, tools, problems }),
  },
};

/** How the sinks are doing. */
export const sinkLines: LineRules<'sink.muted' | 'sink.changed' | 'sink.dropped'> = {
  'sink.muted': {
    level: 'error',
    message: 'sink muted',
    fields: ({ sink, failures, message }) => ({ sink, failures, reason: message }),
  },
  'sink.changed': {
    level: ({ up }) => (up ? 'info' : 'error'),
    message: ({ up }) => (up ? 'sink works again' : 'sink fails'),
    fields: ({ sink, up, reason }) => ({ sink, up, reason }),
  },
  'sink.dropped': {
    level: 'error',
    message: 'events lost',
    fields: ({ sink, events, reason }) => ({ sink, events, reason }),
  },
};
