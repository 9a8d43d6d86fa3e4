/** One event of each kind, in an order that can be. Words that nobody may learn of are `planted`. */
import { DEFAULT_LIMITS, type EventName, type Events } from '../../../../core/index.js';

const caller = { id: 'planted caller', session: 'planted session', claims: { c: 'planted claim' } };
const request = {
  requestId: 'planted request',
  caller,
  method: 'tools/call',
  target: 'execute_tool_script',
  transport: 'http',
  protocolVersion: '2026-07-28',
} as const;
const script = { runId: 'planted run', caller, scriptHash: 'planted hash', runtime: 'starlark' } as const;
const call = {
  callId: 'planted call',
  tool: 'read',
  backend: 'files',
  caller,
  mode: 'script',
  runId: script.runId,
  startedMs: 1,
} as const;
const usage = {
  steps: 12,
  memoryBytes: 340,
  toolCalls: 2,
  branches: 3,
  parallelPeak: 1,
  outputBytes: 4,
  logBytes: 0,
  wallTimeMs: 12,
  waitMs: 7,
};

/** By name. */
export const SAMPLES = {
  'service.started': {
    name: 'service.started',
    service: 'gateway',
    version: '1.0.0',
    codeMode: true,
    optimizer: true,
  },
  'request.started': { name: 'request.started', ...request },
  'script.started': {
    name: 'script.started',
    ...script,
    scriptBytes: 99,
    tools: 3,
    queuedMs: 1,
    limits: DEFAULT_LIMITS,
  },
  'tool.queued': { name: 'tool.queued', ...call },
  'tool.started': { name: 'tool.started', ...call, queuedMs: 1 },
  'tool.called': {
    name: 'tool.called',
    ...call,
    code: 'tool/timeout',
    status: 'unknown',
    queuedMs: 1,
    ranMs: 5,
    resultBytes: 40,
    reason: 'planted reason',
  },
  'limit.met': { name: 'limit.met', limit: 'toolCallTimeoutMs', bound: 5, caller, runId: script.runId },
  'script.finished': {
    name: 'script.finished',
    ...script,
    code: 'ok',
    usage,
    resultBytes: 40,
    savedTokens: 9,
  },
  'script.refused': {
    name: 'script.refused',
    ...script,
    runId: 'planted too',
    code: 'tool/denied',
    queuedMs: 0,
  },
  'request.finished': { name: 'request.finished', ...request, code: 'ok', rpcCode: -1, ranMs: 15 },
  'context.denied': { name: 'context.denied', method: 'resources/read', caller, code: 'context/denied' },
  'tools.found': {
    name: 'tools.found',
    caller,
    mode: 'script',
    tools: 9,
    found: 2,
    baselineTokens: 90,
    returnedTokens: 20,
  },
  'savings.measured': {
    name: 'savings.measured',
    caller,
    sessionId: 'planted id',
    finds: 1,
    baselineTokens: 90,
    listedTokens: 10,
    foundTokens: 20,
  },
  'catalog.changed': { name: 'catalog.changed', tools: 9, added: 2, removed: 1, changed: 1 },
  'index.failed': { name: 'index.failed', index: 'words', message: 'planted message' },
  'backend.changed': {
    name: 'backend.changed',
    backend: 'files',
    up: true,
    tools: 4,
    problems: ['planted problem'],
  },
  'sink.changed': { name: 'sink.changed', sink: 'audit', up: false, reason: 'planted reason' },
  'sink.muted': { name: 'sink.muted', sink: 'audit', failures: 3, message: 'planted message' },
  'sink.dropped': { name: 'sink.dropped', sink: 'audit', events: 4, reason: 'planted reason' },
} as const satisfies { readonly [N in EventName]: { readonly name: N } & Events[N] };
