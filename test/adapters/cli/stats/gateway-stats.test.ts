import { expect } from 'chai';

import { gatewayStats } from '../../../../adapters/cli/stats/gateway-stats.js';
import { bucketsOf, quantile, spreadOf } from '../../../../adapters/cli/stats/histogram.js';
import { Metrics } from '../../../../adapters/cli/stats/metrics.js';
import { readPrometheusText } from '../../../../adapters/cli/stats/prometheus-text.js';
import { statsText } from '../../../../adapters/cli/stats/stats-text.js';

function statsOf(...lines: string[]) {
  return gatewayStats(new Metrics(readPrometheusText(lines.join('\n'))));
}

const PAGE = [
  'toolscript_code_mode_enabled{service="gateway"} 1',
  'toolscript_script_executions_total{status="success",runtime="starlark"} 6',
  'toolscript_script_executions_total{status="success",runtime="other"} 1',
  'toolscript_script_executions_total{status="timeout",runtime="starlark",error_type="limit/wall-time"} 1',
  'toolscript_script_active{runtime="starlark"} 2',
  'toolscript_tool_calls_total{mode="script",status="succeeded"} 28',
  'toolscript_tool_calls_total{mode="script",status="failed",error_type="tool/failed"} 2',
  'toolscript_tool_calls_total{mode="direct",status="succeeded"} 10',
  'toolscript_script_tokens_saved_total 12345',
  'toolscript_limits_met_total{limit="wallTimeMs"} 1',
  'toolscript_sink_dropped_total{sink="audit"} 3',
  'toolscript_sink_dropped_total{sink="otel"} 1',
  'toolscript_backend_up{backend="a"} 1',
  'toolscript_backend_up{backend="b"} 0',
  'mcp_client_operation_duration_count{gen_ai_tool_name="x",mode="script"} 20',
  'mcp_client_operation_duration_count{gen_ai_tool_name="x",mode="script",error_type="tool_error"} 2',
  'mcp_client_operation_duration_count{gen_ai_tool_name="y",mode="direct"} 30',
  'mcp_server_operation_duration_count{mcp_method_name="tools/call",gen_ai_tool_name="execute_tool_script"} 8',
  'mcp_server_operation_duration_count{mcp_method_name="tools/call",gen_ai_tool_name="y"} 24',
  'mcp_server_operation_duration_count{mcp_method_name="tools/list"} 100',
  'toolscript_script_duration_bucket{status="success",le="0.1"} 4',
  'toolscript_script_duration_bucket{status="success",le="1"} 7',
  'toolscript_script_duration_bucket{status="success",le="+Inf"} 7',
  'toolscript_script_duration_bucket{status="timeout",le="0.1"} 0',
  'toolscript_script_duration_bucket{status="timeout",le="1"} 0',
  'toolscript_script_duration_bucket{status="timeout",le="+Inf"} 1',
];

describe('what metrics come to', () => {
  it('is the answers', () => {
    const stats = statsOf(...PAGE);
    expect(stats.codeMode).to.deep.equal({ gateway: true });
    expect(stats.scripts).to.deep.equal({
      total: 8,
      active: 2,
      byStatus: { success: 7, timeout: 1 },
      errorShare: 1 / 8,
    });
    expect(stats.toolCalls).to.deep.equal({ total: 40, script: 30, direct: 10, scriptShare: 0.75 });
    expect(stats.optIn).to.deep.equal({ requests: 32, scriptRequests: 8, share: 0.25 });
    expect([stats.savedTokens, stats.limitsMet]).to.deep.equal([12_345, { wallTimeMs: 1 }]);
    expect(stats.lostEvents).to.deep.equal({ total: 4, bySink: { audit: 3, otel: 1 } });
    expect(stats.backends).to.deep.equal({ a: true, b: false });
    expect(stats.topTools).to.deep.equal([
      { tool: 'y', calls: 30, errors: 0 },
      { tool: 'x', calls: 22, errors: 2 },
    ]);
    expect(stats.topErrors).to.deep.equal([{ tool: 'x', calls: 22, errors: 2 }]);
    expect(stats.latency.script).to.deep.equal({ count: 8, p50: 0.1, p95: null, p99: null });
  });

  it('is read where whoever collects adds the unit to the name', () => {
    const page = PAGE.map((line) => line.replace('duration_', 'duration_seconds_'));
    expect(statsOf(...page)).to.deep.equal(statsOf(...PAGE));
  });

  it('is nothing where there is nothing, and odd numbers are none', () => {
    const odd = ['toolscript_script_executions_total NaN', 'toolscript_tool_calls_total{mode="script"} -3'];
    const { scripts, toolCalls, optIn, latency } = statsOf(
      ...odd,
      'toolscript_script_duration_bucket{le="x"} 3',
    );
    expect([scripts.total, scripts.errorShare, toolCalls.scriptShare, optIn.share]).to.deep.equal([
      0,
      null,
      null,
      null,
    ]);
    expect(latency.script).to.deep.equal({ count: 0, p50: null, p95: null, p99: null });
  });

  it('is told in lines, and no name steers the terminal', () => {
    const hostile = 'mcp_client_operation_duration_count{gen_ai_tool_name="\u001b[2Jx"} 99';
    expect(statsText(statsOf(...PAGE, hostile)).split('\n')).to.deep.equal([
      'code mode       gateway on',
      'scripts         8 (7 success, 1 timeout)',
      'running now     2',
      'tool calls      40 (30 script, 10 direct)',
      'by scripts      75.0 % of all tool calls',
      'opt-in          25.0 % of 32 calls of clients are scripts',
      'tokens saved    12,345, about',
      'limits met      1 wallTimeMs',
      'a script took   p50 100 ms, p95 beyond the buckets, p99 beyond the buckets (estimated)',
      'a tool took     nothing yet',
      'a request took  nothing yet',
      'backends        a up, b down',
      'events lost     4 (3 audit, 1 otel)',
      '',
      'busiest tools:',
      '          99  \\u001b[2Jx',
      '          30  y',
      '          22  x, 2 failed',
      '',
      'tools with errors:',
      '          22  x, 2 failed',
      '',
    ]);
  });
});

describe('quantiles of a histogram', () => {
  const samples = readPrometheusText(
    ['b{le="1"} 10', 'b{le="2"} 30', 'b{le="4"} 40', 'b{le="+Inf"} 40'].join('\n'),
  );

  it('lie evenly within their buckets', () => {
    const buckets = bucketsOf(samples);
    expect([0.25, 0.5, 0.75, 0.875, 1].map((share) => quantile(buckets, share))).to.deep.equal([
      1, 1.5, 2, 3, 4,
    ]);
    expect(quantile(buckets, 0.125)).to.equal(0.5);
  });

  it('are unknown beyond the greatest bound, and where there is nothing', () => {
    const beyond = readPrometheusText('b{le="1"} 1\nb{le="+Inf"} 10');
    expect(spreadOf(bucketsOf(beyond))).to.deep.equal({ count: 10, p50: null, p95: null, p99: null });
    expect(quantile([], 0.5)).to.equal(undefined);
  });
});
