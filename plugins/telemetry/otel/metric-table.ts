/**
 * The one table of metrics: what is measured, in which unit (UCUM), told apart by which attributes.
 *
 * No attribute holds a caller, a session, a script or a run; the names of tools, backends, prompts and sinks
 * are bounded in number (name-budget.ts).
 */
import { CONVENTION } from './names.js';

/** What an instrument does; an observed gauge is asked when metrics are collected. */
export type InstrumentKind = 'counter' | 'upDownCounter' | 'histogram' | 'observedGauge';

/** One metric. */
export interface MetricRow {
  readonly name: string;
  readonly kind: InstrumentKind;
  readonly unit: string;
  /** One sentence, without its full stop. */
  readonly description: string;
  readonly attributes: readonly string[];
  /** The upper bounds of a histogram's buckets. */
  readonly buckets?: readonly number[];
}

/** Seconds, as the conventions ask. */
const SECONDS = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];
const COUNTS = [0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
const STEPS = [100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000];
const BYTES = [65_536, 1_048_576, 4_194_304, 16_777_216, 67_108_864, 134_217_728, 1_073_741_824];

const { method, tool, prompt, operation, error, rpcStatus, transport, protocolVersion } = CONVENTION;

/** Every metric. */
export const METRICS = {
  requestDuration: {
    name: 'mcp.server.operation.duration',
    kind: 'histogram',
    unit: 's',
    description: 'How long clients waited for the answer to a request',
    attributes: [method, tool, prompt, operation, transport, protocolVersion, error, rpcStatus],
    buckets: SECONDS,
  },
  callDuration: {
    name: 'mcp.client.operation.duration',
    kind: 'histogram',
    unit: 's',
    description: 'How long tools took to answer calls that were sent',
    attributes: [method, tool, operation, 'backend', 'mode', error],
    buckets: SECONDS,
  },
  executions: {
    name: 'toolscript.script.executions',
    kind: 'counter',
    unit: '{script}',
    description: 'Scripts that ended, or that were refused before they began',
    attributes: ['status', 'runtime', error],
  },
  duration: {
    name: 'toolscript.script.duration',
    kind: 'histogram',
    unit: 's',
    description: 'How long scripts took from the asking to the outcome, those that began',
    attributes: ['status', 'runtime'],
    buckets: SECONDS,
  },
  phaseDuration: {
    name: 'toolscript.script.phase.duration',
    kind: 'histogram',
    unit: 's',
    description: 'What of it was waiting for a turn (queued), computing, or waiting for tools',
    attributes: ['phase'],
    buckets: SECONDS,
  },
  active: {
    name: 'toolscript.script.active',
    kind: 'upDownCounter',
    unit: '{script}',
    description: 'Scripts that run now',
    attributes: ['runtime'],
  },
  scriptCalls: {
    name: 'toolscript.script.tool_calls',
    kind: 'histogram',
    unit: '{call}',
    description: 'Tool calls of one script',
    attributes: [],
    buckets: COUNTS,
  },
  branches: {
    name: 'toolscript.script.branches',
    kind: 'histogram',
    unit: '{branch}',
    description: 'Branches that one script started in parallel',
    attributes: [],
    buckets: COUNTS,
  },
  steps: {
    name: 'toolscript.script.steps',
    kind: 'histogram',
    unit: '{step}',
    description: 'Steps of one script',
    attributes: [],
    buckets: STEPS,
  },
  memory: {
    name: 'toolscript.script.memory',
    kind: 'histogram',
    unit: 'By',
    description: 'Memory that one script allocated',
    attributes: [],
    buckets: BYTES,
  },
  calls: {
    name: 'toolscript.tool.calls',
    kind: 'counter',
    unit: '{call}',
    description: 'Tool calls, by whether a script made them or a client',
    attributes: ['mode', 'status', error],
  },
  callQueue: {
    name: 'toolscript.tool.queue.duration',
    kind: 'histogram',
    unit: 's',
    description: 'How long calls that had to wait for their turn waited',
    attributes: ['mode'],
    buckets: SECONDS,
  },
  savedTokens: {
    name: 'toolscript.script.tokens.saved',
    kind: 'counter',
    unit: '{token}',
    description: 'Estimated tokens that tools answered to scripts and no model had to read',
    attributes: [],
  },
  optimizerTokens: {
    name: 'toolscript.optimizer.tokens',
    kind: 'counter',
    unit: '{token}',
    description: 'Estimated tokens of definitions: baseline without the optimizer, listed and found with it',
    attributes: ['kind'],
  },
  searches: {
    name: 'toolscript.searches',
    kind: 'counter',
    unit: '{search}',
    description: 'Searches for tools, by scripts or by clients',
    attributes: ['mode'],
  },
  limits: {
    name: 'toolscript.limits.met',
    kind: 'counter',
    unit: '{limit}',
    description: 'Times that a script or a call came to a limit',
    attributes: ['limit'],
  },
  contextDenials: {
    name: 'toolscript.context.denials',
    kind: 'counter',
    unit: '{request}',
    description: 'Requests for resources and prompts that the policy refused',
    attributes: [method],
  },
  backendUp: {
    name: 'toolscript.backend.up',
    kind: 'observedGauge',
    unit: '1',
    description: 'Whether a server is up (1), down (0) or no longer there (-1)',
    attributes: ['backend'],
  },
  backends: {
    name: 'toolscript.backends',
    kind: 'observedGauge',
    unit: '{backend}',
    description: 'Servers that are up, and servers that are down',
    attributes: ['state'],
  },
  backendTools: {
    name: 'toolscript.backend.tools',
    kind: 'observedGauge',
    unit: '{tool}',
    description: 'Tools that a server contributes',
    attributes: ['backend'],
  },
  backendChanges: {
    name: 'toolscript.backend.changes',
    kind: 'counter',
    unit: '{change}',
    description: 'Times that a server came up, went down or changed, by its state then',
    attributes: ['backend', 'state'],
  },
  catalogTools: {
    name: 'toolscript.catalog.tools',
    kind: 'observedGauge',
    unit: '{tool}',
    description: 'Tools in the catalog, once it was listed',
    attributes: [],
  },
  catalogChanges: {
    name: 'toolscript.catalog.changes',
    kind: 'counter',
    unit: '{tool}',
    description: 'Tools that were added to the catalog, removed, or changed',
    attributes: ['change'],
  },
  indexFailures: {
    name: 'toolscript.index.failures',
    kind: 'counter',
    unit: '{search}',
    description: 'Searches that went on without an index',
    attributes: ['index'],
  },
  sinkUp: {
    name: 'toolscript.sink.up',
    kind: 'observedGauge',
    unit: '1',
    description: 'Whether a sink that tells of itself can do its work (1), cannot (0) or is gone (-1)',
    attributes: ['sink'],
  },
  sinkDropped: {
    name: 'toolscript.sink.dropped',
    kind: 'counter',
    unit: '{event}',
    description: 'Events that a sink lost',
    attributes: ['sink'],
  },
  sinkMuted: {
    name: 'toolscript.sink.muted',
    kind: 'counter',
    unit: '{sink}',
    description: 'Sinks that failed and get no further event',
    attributes: ['sink'],
  },
  codeModeEnabled: {
    name: 'toolscript.code_mode.enabled',
    kind: 'observedGauge',
    unit: '1',
    description: 'Whether scripts are offered (1) or not (0)',
    attributes: ['service'],
  },
  optimizerEnabled: {
    name: 'toolscript.optimizer.enabled',
    kind: 'observedGauge',
    unit: '1',
    description: 'Whether tools are found on demand (1) or all listed (0)',
    attributes: ['service'],
  },
} as const satisfies Readonly<Record<string, MetricRow>>;

/** The same measured under the names of ToolHive's virtual MCP server, for its dashboards. */
export const TOOLHIVE_METRICS = {
  executions: {
    name: 'toolhive_vmcp_script_executions',
    kind: 'counter',
    unit: '{script}',
    description: 'Scripts that ended',
    attributes: ['status'],
  },
  duration: {
    name: 'toolhive_vmcp_script_duration',
    kind: 'histogram',
    unit: 's',
    description: 'How long scripts took',
    attributes: ['status'],
    buckets: SECONDS,
  },
  toolCalls: {
    name: 'toolhive_vmcp_script_tool_calls',
    kind: 'histogram',
    unit: '{call}',
    description: 'Tool calls of one script',
    attributes: [],
    buckets: COUNTS,
  },
  parallel: {
    name: 'toolhive_vmcp_script_parallel_goroutines',
    kind: 'counter',
    unit: '{branch}',
    description: 'Branches that scripts started in parallel',
    attributes: [],
  },
  requests: {
    name: 'toolhive_mcp_requests',
    kind: 'counter',
    unit: '{request}',
    description: 'Requests of clients',
    attributes: ['server', 'mcp_method', 'mcp_resource_id', 'status', 'transport'],
  },
  requestDuration: {
    name: 'toolhive_mcp_request_duration',
    kind: 'histogram',
    unit: 's',
    description: 'How long requests of clients took',
    attributes: ['server', 'mcp_method', 'mcp_resource_id', 'status', 'transport'],
    buckets: SECONDS,
  },
  calls: {
    name: 'toolhive_mcp_tool_calls',
    kind: 'counter',
    unit: '{call}',
    description: 'Calls of tools by clients',
    attributes: ['server', 'tool', 'status'],
  },
  backends: {
    name: 'toolhive_vmcp_backends_discovered',
    kind: 'observedGauge',
    unit: '{backend}',
    description: 'Servers that are known',
    attributes: [],
  },
  backendRequests: {
    name: 'toolhive_vmcp_backend_requests',
    kind: 'counter',
    unit: '{request}',
    description: 'Calls that were sent to servers',
    attributes: ['target.workload_name', 'action', method, 'tool_name', tool],
  },
  backendErrors: {
    name: 'toolhive_vmcp_backend_errors',
    kind: 'counter',
    unit: '{request}',
    description: 'Those of them that failed otherwise than by an error of the tool',
    attributes: ['target.workload_name', 'action', method, 'tool_name', tool],
  },
  backendDuration: {
    name: 'toolhive_vmcp_backend_requests_duration',
    kind: 'histogram',
    unit: 's',
    description: 'How long they took',
    attributes: ['target.workload_name', 'action', method, 'tool_name', tool],
    buckets: SECONDS,
  },
} as const satisfies Readonly<Record<string, MetricRow>>;
