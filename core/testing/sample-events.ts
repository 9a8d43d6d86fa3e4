/** An event of each name, with plain values or with such as a stranger would choose. */
import type { Caller } from '../caller.js';
import { DEFAULT_LIMITS } from '../limit-policy.js';
import type { EventName, Events, TelemetryEvent } from '../event.js';

/** The text that stands in every name and word of the events: long texts and odd ones are allowed there. */
export function sampleEvents(text = 'sample'): readonly TelemetryEvent[] {
  return Object.entries(payloads(text)).map(([name, payload]) => ({ ...payload, name }) as TelemetryEvent);
}

const trace = { traceparent: `00-${'a'.repeat(32)}-${'1'.repeat(16)}-01` };
const usage = {
  steps: 10,
  memoryBytes: 1_000,
  toolCalls: 1,
  branches: 0,
  parallelPeak: 1,
  outputBytes: 4,
  logBytes: 0,
  wallTimeMs: 1.5,
  waitMs: 1,
};

function payloads(text: string): { readonly [N in EventName]: Events[N] } {
  const caller: Caller = { id: text, session: text, claims: { sub: text } };
  const request = { requestId: 'q', method: text, target: text, transport: 'http', caller, trace } as const;
  const script = { runId: 'r', requestId: 'q', scriptHash: 'f'.repeat(64), runtime: text, caller, trace };
  const call = {
    callId: 'r/1',
    runId: 'r',
    requestId: 'q',
    tool: text,
    backend: text,
    mode: 'script',
    startedMs: 1,
    position: { line: 1, column: 1 },
    caller,
    trace,
  } as const;
  const ended = {
    status: 'failed',
    queuedMs: 0,
    ranMs: 1,
    resultBytes: 0,
    steps: 5,
    memoryBytes: 100,
    reason: text,
  } as const;
  const found = { tools: 2, found: 1, baselineTokens: 20, returnedTokens: 10 };
  return {
    'service.started': { service: text, version: text, codeMode: true, optimizer: false },
    'request.started': request,
    'script.started': { ...script, scriptBytes: 4, tools: 1, queuedMs: 0, limits: DEFAULT_LIMITS },
    'tool.queued': call,
    'tool.started': { ...call, queuedMs: 1 },
    'tool.called': { ...call, ...ended, code: 'tool/failed' },
    'limit.met': { limit: 'steps', bound: 10, caller, runId: 'r', requestId: 'q', tool: text, trace },
    'script.finished': { ...script, code: 'limit/steps', usage, resultBytes: 0, savedTokens: 0, tool: text },
    'script.refused': { ...script, code: 'limit/refused', queuedMs: 0, reason: text },
    'request.finished': { ...request, code: 'internal', ranMs: 2 },
    'context.denied': { method: 'prompts/get', caller, target: text, code: 'context/denied', reason: text },
    'tools.found': { ...found, caller, mode: 'direct' },
    'savings.measured': { caller, finds: 1, baselineTokens: 20, listedTokens: 5, foundTokens: 5 },
    'catalog.changed': { tools: 2, added: 1, removed: 0, changed: 0 },
    'index.failed': { index: text, message: text },
    'backend.changed': { backend: text, up: false, tools: 0, problems: [text] },
    'sink.muted': { sink: text, failures: 3, message: text },
    'sink.changed': { sink: text, up: false, reason: text },
    'sink.dropped': { sink: text, events: 3, reason: text },
  };
}
