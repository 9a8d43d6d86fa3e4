/** The names of spans, metrics and attributes, as literals: dashboards and alerts of others rely on them. */
import { expect } from 'chai';

import * as door from '../../../../plugins/telemetry/otel/index.js';
import { CONVENTION, OWN, SCOPE } from '../../../../plugins/telemetry/otel/names.js';

const lineOf = ({ name, kind, unit, attributes }: door.MetricRow): string =>
  [name, kind, unit, ...attributes].join(' ');

describe('pins of the OpenTelemetry sink', () => {
  it('metrics, with kind, unit and attributes', () => {
    expect(SCOPE).to.equal('toolscript');
    expect(Object.values(door.METRICS).map(lineOf)).to.deep.equal([
      'mcp.server.operation.duration histogram s mcp.method.name gen_ai.tool.name gen_ai.prompt.name gen_ai.operation.name network.transport mcp.protocol.version error.type rpc.response.status_code',
      'mcp.client.operation.duration histogram s mcp.method.name gen_ai.tool.name gen_ai.operation.name backend mode error.type',
      'toolscript.script.executions counter {script} status runtime error.type',
      'toolscript.script.duration histogram s status runtime',
      'toolscript.script.phase.duration histogram s phase',
      'toolscript.script.active upDownCounter {script} runtime',
      'toolscript.script.tool_calls histogram {call}',
      'toolscript.script.branches histogram {branch}',
      'toolscript.script.steps histogram {step}',
      'toolscript.script.memory histogram By',
      'toolscript.tool.calls counter {call} mode status error.type',
      'toolscript.tool.queue.duration histogram s mode',
      'toolscript.script.tokens.saved counter {token}',
      'toolscript.optimizer.tokens counter {token} kind',
      'toolscript.searches counter {search} mode',
      'toolscript.limits.met counter {limit} limit',
      'toolscript.context.denials counter {request} mcp.method.name',
      'toolscript.backend.up observedGauge 1 backend',
      'toolscript.backends observedGauge {backend} state',
      'toolscript.backend.tools observedGauge {tool} backend',
      'toolscript.backend.changes counter {change} backend state',
      'toolscript.catalog.tools observedGauge {tool}',
      'toolscript.catalog.changes counter {tool} change',
      'toolscript.index.failures counter {search} index',
      'toolscript.sink.up observedGauge 1 sink',
      'toolscript.sink.dropped counter {event} sink',
      'toolscript.sink.muted counter {sink} sink',
      'toolscript.code_mode.enabled observedGauge 1 service',
      'toolscript.optimizer.enabled observedGauge 1 service',
    ]);
  });

  it("metrics of ToolHive's names", () => {
    expect(Object.values(door.TOOLHIVE_METRICS).map(lineOf)).to.deep.equal([
      'toolhive_vmcp_script_executions counter {script} status',
      'toolhive_vmcp_script_duration histogram s status',
      'toolhive_vmcp_script_tool_calls histogram {call}',
      'toolhive_vmcp_script_parallel_goroutines counter {branch}',
      'toolhive_mcp_requests counter {request} server mcp_method mcp_resource_id status transport',
      'toolhive_mcp_request_duration histogram s server mcp_method mcp_resource_id status transport',
      'toolhive_mcp_tool_calls counter {call} server tool status',
      'toolhive_vmcp_backends_discovered observedGauge {backend}',
      'toolhive_vmcp_backend_requests counter {request} target.workload_name action mcp.method.name tool_name gen_ai.tool.name',
      'toolhive_vmcp_backend_errors counter {request} target.workload_name action mcp.method.name tool_name gen_ai.tool.name',
      'toolhive_vmcp_backend_requests_duration histogram s target.workload_name action mcp.method.name tool_name gen_ai.tool.name',
    ]);
  });

  it('how scripts end', () => {
    expect(door.RUN_STATUSES).to.deep.equal([
      'success',
      'error',
      'timeout',
      'step_limit',
      'limit',
      'refused',
      'cancelled',
    ]);
  });

  it('spans', () => {
    expect(Object.values(door.SPANS).map(({ name, kind }) => `${name} ${kind}`)).to.deep.equal([
      '{method} {tool or prompt} SERVER',
      'script.run INTERNAL',
      'tools/call {tool} CLIENT',
    ]);
  });

  it('attributes of spans', () => {
    expect([...Object.values(CONVENTION), ...Object.values(OWN)]).to.deep.equal([
      'mcp.method.name',
      'mcp.protocol.version',
      'mcp.session.id',
      'gen_ai.tool.name',
      'gen_ai.prompt.name',
      'gen_ai.operation.name',
      'gen_ai.tool.call.arguments',
      'gen_ai.tool.call.result',
      'jsonrpc.request.id',
      'rpc.response.status_code',
      'network.transport',
      'error.type',
      'toolscript.caller',
      'toolscript.run.id',
      'toolscript.request.id',
      'toolscript.call.id',
      'toolscript.script.hash',
      'toolscript.script.bytes',
      'toolscript.script.text',
      'toolscript.script.result',
      'toolscript.script.line',
      'toolscript.runtime',
      'toolscript.tools',
      'toolscript.mode',
      'toolscript.backend',
      'toolscript.status',
      'toolscript.reason',
      'toolscript.queued_ms',
      'toolscript.wait_ms',
      'toolscript.steps',
      'toolscript.memory_bytes',
      'toolscript.tool_calls',
      'toolscript.branches',
      'toolscript.parallel_peak',
      'toolscript.output_bytes',
      'toolscript.log_bytes',
      'toolscript.result_bytes',
      'toolscript.saved_tokens',
      'toolscript.failed_tool',
      'toolscript.limit',
      'toolscript.bound',
      'toolscript.unfinished',
    ]);
  });

  it('the door', () => {
    expect(Object.keys(door).sort()).to.deep.equal([
      'CLIENT_TRACES',
      'METRICS',
      'RUN_STATUSES',
      'SPANS',
      'SPAN_CONTENT',
      'TOOLHIVE_METRICS',
      'createOtelSink',
      'default',
      'otelSettings',
    ]);
  });
});
