/** What spans say of requests, scripts and calls, at their start and at their end. */
import type { Attributes } from '@opentelemetry/api';

import type { CallSubject, Events, RequestSubject, ScriptSubject } from '../../../core/index.js';
import { errorType } from './error-type.js';
import { CONVENTION, OWN, TOOLS_CALL } from './names.js';
import { targetAttributes, transportOf } from './request-target.js';
import { statusOfFinished, statusOfRefused } from './run-status.js';
import { shortName, shortReason } from './short-text.js';

/** Of a request, at its start. */
export function requestAttributes(request: RequestSubject): Attributes {
  const { requestId, caller, protocolVersion, rpcId } = request;
  return {
    ...targetAttributes(request),
    ...optional(CONVENTION.rpcId, rpcId === undefined ? undefined : String(rpcId)),
    ...optional(CONVENTION.protocolVersion, protocolVersion),
    ...optional(CONVENTION.session, caller.session),
    [CONVENTION.transport]: transportOf(request),
    [OWN.requestId]: requestId,
    [OWN.caller]: shortName(caller.id),
  };
}

/** Of a request, at its end. */
export function requestEndAttributes({ code, rpcCode }: Events['request.finished']): Attributes {
  return {
    ...errorType(code),
    ...(rpcCode !== undefined && { [CONVENTION.rpcStatus]: String(rpcCode) }),
  };
}

/** Of a script. */
export function scriptAttributes({
  runId,
  requestId,
  caller,
  scriptHash,
  runtime,
}: ScriptSubject): Attributes {
  return {
    [OWN.runId]: runId,
    ...optional(OWN.requestId, requestId),
    [OWN.caller]: shortName(caller.id),
    [OWN.scriptHash]: scriptHash,
    [OWN.runtime]: shortName(runtime),
  };
}

/** Of a script, at its start. */
export function scriptStartAttributes(event: Events['script.started']): Attributes {
  return {
    ...scriptAttributes(event),
    [OWN.scriptBytes]: event.scriptBytes,
    [OWN.tools]: event.tools,
    [OWN.queued]: event.queuedMs,
  };
}

/** Of a script that did not begin. */
export function scriptRefusedAttributes(event: Events['script.refused']): Attributes {
  return {
    ...scriptAttributes(event),
    [OWN.queued]: event.queuedMs,
    [OWN.status]: statusOfRefused(event.code),
    ...reasonAttribute(event.reason),
    ...errorType(event.code),
  };
}

/** Of a script, at its end. */
export function scriptEndAttributes({
  code,
  usage,
  resultBytes,
  savedTokens,
  position,
  tool,
}: Events['script.finished']): Attributes {
  return {
    [OWN.status]: statusOfFinished(code),
    [OWN.waited]: usage.waitMs,
    [OWN.steps]: usage.steps,
    [OWN.memory]: usage.memoryBytes,
    [OWN.toolCalls]: usage.toolCalls,
    [OWN.branches]: usage.branches,
    [OWN.parallelPeak]: usage.parallelPeak,
    [OWN.outputBytes]: usage.outputBytes,
    [OWN.logBytes]: usage.logBytes,
    [OWN.resultBytes]: resultBytes,
    [OWN.savedTokens]: savedTokens,
    ...(position !== undefined && { [OWN.line]: position.line }),
    ...optional(OWN.failedTool, tool),
    ...errorType(code),
  };
}

/** Of a call. */
export function callAttributes(call: CallSubject): Attributes {
  const { callId, runId, requestId, tool, backend, caller, mode, position } = call;
  return {
    ...targetAttributes({ method: TOOLS_CALL, target: tool }),
    [OWN.callId]: callId,
    ...optional(OWN.runId, runId),
    ...optional(OWN.requestId, requestId),
    [OWN.caller]: shortName(caller.id),
    [OWN.mode]: mode,
    ...optional(OWN.backend, backend),
    ...(position !== undefined && { [OWN.line]: position.line }),
  };
}

/** Of a call, at its end. */
export function callEndAttributes({
  code,
  status,
  queuedMs,
  resultBytes,
  reason,
}: Events['tool.called']): Attributes {
  return {
    [OWN.queued]: queuedMs,
    [OWN.status]: status,
    [OWN.resultBytes]: resultBytes,
    ...reasonAttribute(reason),
    ...errorType(code),
  };
}

function optional(key: string, value: string | undefined): Attributes {
  return value === undefined ? {} : { [key]: shortName(value) };
}

function reasonAttribute(reason: string | undefined): Attributes {
  return reason === undefined ? {} : { [OWN.reason]: shortReason(reason) };
}
