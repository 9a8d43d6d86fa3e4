/** The lines of what clients ask, and of what they may not have. */
import type { RequestSubject } from '../../../core/index.js';
import { endLevel, ended, tenths, traceFields, type Fields, type LineRules } from './line.js';

/** From a request's coming to its answer; a resource or prompt that was refused. */
export const requestLines: LineRules<'request.started' | 'request.finished' | 'context.denied'> = {
  'request.started': { level: 'debug', message: 'request started', fields: requestFields },
  'request.finished': {
    level: endLevel,
    message: ended('request finished', 'request failed'),
    fields: (event) => ({
      code: event.code,
      rpcCode: event.rpcCode,
      ranMs: tenths(event.ranMs),
      ...requestFields(event),
    }),
  },
  'context.denied': {
    level: endLevel,
    message: 'context denied',
    fields: (event) => ({
      requestId: event.requestId,
      caller: event.caller.id,
      session: event.caller.session,
      method: event.method,
      target: event.target,
      code: event.code,
      reason: event.reason,
      ...traceFields(event),
    }),
  },
};

function requestFields(event: RequestSubject): Fields {
  return {
    requestId: event.requestId,
    caller: event.caller.id,
    session: event.caller.session,
    method: event.method,
    target: event.target,
    transport: event.transport,
    protocolVersion: event.protocolVersion,
    rpcId: event.rpcId,
    ...traceFields(event),
  };
}
