/** What a gateway's metrics come to: the answers to what its maintainer asks, since it was started. */
import type { Spread } from './histogram.js';
import { sumOf, type Metrics } from './metrics.js';

/** What calls of one tool came to. */
export interface ToolStats {
  readonly tool: string;
  readonly calls: number;
  readonly errors: number;
}

/** The answers. Shares are 0 to 1, null where there is nothing to have a share of. */
export interface GatewayStats {
  /** By service: whether scripts are offered there. */
  readonly codeMode: Readonly<Record<string, boolean>>;
  readonly scripts: {
    readonly total: number;
    readonly active: number;
    readonly byStatus: Readonly<Record<string, number>>;
    readonly errorShare: number | null;
  };
  readonly toolCalls: {
    readonly total: number;
    readonly script: number;
    readonly direct: number;
    readonly scriptShare: number | null;
  };
  /** Of requests to call a tool, those for `execute_tool_script`. */
  readonly optIn: {
    readonly requests: number;
    readonly scriptRequests: number;
    readonly share: number | null;
  };
  readonly savedTokens: number;
  readonly limitsMet: Readonly<Record<string, number>>;
  /** In seconds. */
  readonly latency: { readonly script: Spread; readonly toolCall: Spread; readonly request: Spread };
  /** The busiest first. */
  readonly topTools: readonly ToolStats[];
  readonly topErrors: readonly ToolStats[];
  readonly backends: Readonly<Record<string, boolean>>;
  /** What sinks say that they lost; told once a second. */
  readonly lostEvents: { readonly total: number; readonly bySink: Readonly<Record<string, number>> };
}

/** The metrics that are read, as a gateway shows them to Prometheus. */
export const READ = {
  codeMode: 'toolscript_code_mode_enabled',
  scripts: 'toolscript_script_executions_total',
  active: 'toolscript_script_active',
  scriptSeconds: 'toolscript_script_duration',
  toolCalls: 'toolscript_tool_calls_total',
  savedTokens: 'toolscript_script_tokens_saved_total',
  limits: 'toolscript_limits_met_total',
  backends: 'toolscript_backend_up',
  dropped: 'toolscript_sink_dropped_total',
  callSeconds: 'mcp_client_operation_duration',
  requestSeconds: 'mcp_server_operation_duration',
} as const;

/** Lists of tools are so long. */
const TOP = 10;

/** The answers of a page. */
export function gatewayStats(metrics: Metrics): GatewayStats {
  const tools = toolStats(metrics);
  return {
    codeMode: flags(metrics, READ.codeMode, 'service'),
    scripts: scriptStats(metrics),
    toolCalls: callStats(metrics),
    optIn: optInStats(metrics),
    savedTokens: metrics.sum(READ.savedTokens),
    limitsMet: record(metrics.sums(READ.limits, 'limit')),
    latency: {
      script: metrics.spread(READ.scriptSeconds),
      toolCall: metrics.spread(READ.callSeconds),
      request: metrics.spread(READ.requestSeconds),
    },
    topTools: greatest(tools, ({ calls }) => calls),
    topErrors: greatest(tools, ({ errors }) => errors),
    backends: flags(metrics, READ.backends, 'backend'),
    lostEvents: { total: metrics.sum(READ.dropped), bySink: record(metrics.sums(READ.dropped, 'sink')) },
  };
}

function scriptStats(metrics: Metrics): GatewayStats['scripts'] {
  const byStatus = metrics.sums(READ.scripts, 'status');
  const total = metrics.sum(READ.scripts);
  const errorShare = share(total - (byStatus.get('success') ?? 0), total);
  return { total, active: metrics.sum(READ.active), byStatus: record(byStatus), errorShare };
}

function callStats(metrics: Metrics): GatewayStats['toolCalls'] {
  const script = metrics.sum(READ.toolCalls, { mode: 'script' });
  const direct = metrics.sum(READ.toolCalls, { mode: 'direct' });
  const total = script + direct;
  return { total, script, direct, scriptShare: share(script, total) };
}

function optInStats(metrics: Metrics): GatewayStats['optIn'] {
  const calls = { mcp_method_name: 'tools/call' };
  const asked = (labels: Readonly<Record<string, string>>): number =>
    counted(metrics, READ.requestSeconds, labels);
  const requests = asked(calls);
  const scriptRequests = asked({ ...calls, gen_ai_tool_name: 'execute_tool_script' });
  return { requests, scriptRequests, share: share(scriptRequests, requests) };
}

function toolStats(metrics: Metrics): ToolStats[] {
  const tools = new Map<string, { tool: string; calls: number; errors: number }>();
  for (const sample of counts(metrics, READ.callSeconds)) {
    const tool = sample.labels.get('gen_ai_tool_name') ?? '';
    const stats = tools.get(tool) ?? { tool, calls: 0, errors: 0 };
    const calls = sumOf([sample]);
    stats.calls += calls;
    if (sample.labels.get('error_type')) stats.errors += calls;
    tools.set(tool, stats);
  }
  return [...tools.values()];
}

function counts(metrics: Metrics, name: string, labels: Readonly<Record<string, string>> = {}) {
  const plain = metrics.of(`${name}_count`, labels);
  return plain.length > 0 ? plain : metrics.of(`${name}_seconds_count`, labels);
}

function counted(metrics: Metrics, name: string, labels: Readonly<Record<string, string>>): number {
  return sumOf(counts(metrics, name, labels));
}

function flags(metrics: Metrics, name: string, label: string): Readonly<Record<string, boolean>> {
  const entries = metrics.of(name).map(({ labels, value }) => [labels.get(label) ?? '', value > 0] as const);
  return Object.fromEntries(entries);
}

function greatest(tools: readonly ToolStats[], of: (tool: ToolStats) => number): ToolStats[] {
  return tools
    .filter((tool) => of(tool) > 0)
    .sort((a, b) => of(b) - of(a))
    .slice(0, TOP);
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

function record(sums: ReadonlyMap<string, number>): Readonly<Record<string, number>> {
  return Object.fromEntries(sums);
}
