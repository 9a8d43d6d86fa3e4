/** What each event adds to our metrics. */
import type { EventName, Events } from '../../../core/index.js';
import type { BoundedMap } from './bounded-map.js';
import { errorType } from './error-type.js';
import type { Instruments } from './instruments.js';
import type { METRICS } from './metric-table.js';
import type { NameBudgets } from './name-budget.js';
import { CONVENTION, TOOLS_CALL } from './names.js';
import { targetAttributes, transportOf } from './request-target.js';
import { statusOfFinished, statusOfRefused } from './run-status.js';

/** What measuring needs to know of what was before. */
export interface Memory {
  readonly names: NameBudgets;
  /** Scripts that run, by run; how long they had waited for their turn. */
  readonly runs: Map<string, { readonly runtime: string; readonly queuedMs: number }>;
  /** Calls that were sent and are not over. */
  readonly calls: BoundedMap<true>;
  readonly sessions: BoundedMap<Events['savings.measured']>;
}

/** The sessions of which an optimizer tells. */
export const SESSIONS_REMEMBERED = 1_000;

type Measure<N extends EventName> = (
  our: Instruments<typeof METRICS>,
  event: Events[N],
  memory: Memory,
) => void;

/** Event to measure; what is not here is not measured, or is a gauge. */
export const MEASURES: { readonly [N in EventName]?: Measure<N> } = {
  'request.finished': (our, event, { names }) => {
    const { protocolVersion } = event;
    our.requestDuration.record(event.ranMs / 1_000, {
      ...targetAttributes(event, (kind, name) => names[kind].asked(name, event.code)),
      [CONVENTION.transport]: transportOf(event),
      ...(protocolVersion !== undefined && {
        [CONVENTION.protocolVersion]: names.protocolVersion.asked(protocolVersion, event.code),
      }),
      ...errorType(event.code),
      ...(event.rpcCode !== undefined && { [CONVENTION.rpcStatus]: String(event.rpcCode) }),
    });
  },

  'script.started': (our, { runId, queuedMs, ...event }, { names, runs }) => {
    const runtime = names.runtime.of(event.runtime);
    runs.set(runId, { runtime, queuedMs });
    our.active.add(1, { runtime });
  },

  'script.refused': (our, { code, ...event }, { names }) => {
    const status = statusOfRefused(code);
    our.executions.add(1, { status, runtime: names.runtime.of(event.runtime), ...errorType(code) });
  },

  'script.finished': (our, { runId, code, usage, savedTokens, ...event }, { names, runs }) => {
    const runtime = names.runtime.of(event.runtime);
    const run = runs.get(runId);
    if (runs.delete(runId)) our.active.add(-1, { runtime });
    const status = statusOfFinished(code);
    our.executions.add(1, { status, runtime, ...errorType(code) });
    our.duration.record(usage.wallTimeMs / 1_000, { status, runtime });
    const queuedMs = Math.min(run?.queuedMs ?? 0, usage.wallTimeMs);
    const computedMs = Math.max(0, usage.wallTimeMs - queuedMs - usage.waitMs);
    our.phaseDuration.record(queuedMs / 1_000, { phase: 'queued' });
    our.phaseDuration.record(computedMs / 1_000, { phase: 'computing' });
    our.phaseDuration.record(usage.waitMs / 1_000, { phase: 'waiting' });
    our.scriptCalls.record(usage.toolCalls);
    our.branches.record(usage.branches);
    our.steps.record(usage.steps);
    our.memory.record(usage.memoryBytes);
    if (savedTokens > 0) our.savedTokens.add(savedTokens);
  },

  'tool.started': (our, { callId, mode, queuedMs }, { calls }) => {
    calls.set(callId, true);
    if (queuedMs > 0) our.callQueue.record(queuedMs / 1_000, { mode });
  },

  'tool.called': (our, { callId, mode, status, code, ranMs, tool, backend }, { names, calls }) => {
    const error = errorType(code);
    our.calls.add(1, { mode, status, ...error });
    if (calls.take(callId) === undefined) return;
    our.callDuration.record(ranMs / 1_000, {
      [CONVENTION.method]: TOOLS_CALL,
      [CONVENTION.operation]: 'execute_tool',
      [CONVENTION.tool]: names.tool.of(tool),
      ...(backend !== undefined && { backend: names.backend.of(backend) }),
      mode,
      ...error,
    });
  },

  'limit.met': (our, { limit }) => our.limits.add(1, { limit }),
  'context.denied': (our, { method }) => our.contextDenials.add(1, { [CONVENTION.method]: method }),
  'tools.found': (our, { mode }) => our.searches.add(1, { mode }),

  'savings.measured': (our, event, { sessions }) => {
    const before = event.sessionId === undefined ? undefined : sessions.get(event.sessionId);
    if (event.sessionId !== undefined) sessions.set(event.sessionId, event);
    const { baselineTokens, listedTokens, foundTokens } = event;
    // A list that changed is read anew, with an optimizer as without.
    if (before?.baselineTokens !== baselineTokens || before.listedTokens !== listedTokens) {
      our.optimizerTokens.add(baselineTokens, { kind: 'baseline' });
      our.optimizerTokens.add(listedTokens, { kind: 'listed' });
    }
    our.optimizerTokens.add(Math.max(0, foundTokens - (before?.foundTokens ?? 0)), { kind: 'found' });
  },

  'catalog.changed': (our, event) => {
    for (const change of ['added', 'removed', 'changed'] as const)
      if (event[change] > 0) our.catalogChanges.add(event[change], { change });
  },

  'backend.changed': (our, { backend, up }, { names }) => {
    our.backendChanges.add(1, { backend: names.backend.of(backend), state: up ? 'up' : 'down' });
  },

  'index.failed': (our, { index }, { names }) => our.indexFailures.add(1, { index: names.index.of(index) }),
  'sink.muted': (our, { sink }, { names }) => our.sinkMuted.add(1, { sink: names.sink.of(sink) }),
  'sink.dropped': (our, { sink, events }, { names }) =>
    our.sinkDropped.add(events, { sink: names.sink.of(sink) }),
};
