/**
 * Runs a gateway over real servers with its telemetry on, makes load that it counts itself, and holds against
 * it what the gateway shows: `toolscript stats`, and Prometheus with the rules of this folder where it is
 * installed. Exit code 1 when any number differs.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { allExpressions } from './expressions.js';
import { connect, startGateway, toolscript } from './gateway.js';
import { makeLoad, type Sent } from './load.js';
import { checkRules, hasPrometheus, Prometheus } from './prometheus.js';

const { values: options } = parseArgs({
  options: { 'without-prometheus': { type: 'boolean' }, page: { type: 'string' } },
});

let differences = 0;

const folder = await mkdtemp(join(tmpdir(), 'toolscript-observability-'));
const gateway = await startGateway(folder);
const withPrometheus = options['without-prometheus'] !== true && (await hasPrometheus());
const prometheus = withPrometheus ? await Prometheus.start(folder, new URL(gateway.metrics)) : undefined;
try {
  const client = await connect(gateway.mcp);
  console.log('making load …\n');
  const sent = await makeLoad(client);
  await client.close();
  if (options.page !== undefined) await writeFile(options.page, await pageOf(gateway.metrics));
  await compareStats(sent);
  if (prometheus === undefined) console.log('\nPrometheus: skipped, it is not installed or not wanted');
  else await comparePrometheus(prometheus, sent);
} finally {
  await prometheus?.stop();
  await gateway.stop();
  await rm(folder, { recursive: true, force: true });
}
console.log(differences === 0 ? '\nall numbers agree' : `\n${String(differences)} differ`);
process.exitCode = differences === 0 ? 0 : 1;

async function pageOf(url: string): Promise<string> {
  return (await fetch(url)).text();
}

async function compareStats({ scripts, calls, requests }: Sent): Promise<void> {
  console.log(await toolscript('stats', '--url', gateway.metrics));
  const stats = JSON.parse(await toolscript('stats', '--url', gateway.metrics, '--json')) as Stats;
  console.log('toolscript stats:');
  compare('scripts that succeeded', stats.scripts.byStatus['success'], scripts.success);
  compare('scripts that failed', stats.scripts.byStatus['error'], scripts.error);
  compare('scripts that timed out', stats.scripts.byStatus['timeout'], scripts.timeout);
  compare('calls made by scripts', stats.toolCalls.script, calls.script);
  compare('calls made directly', stats.toolCalls.direct, calls.direct);
  compare('calls of clients', stats.optIn.requests, requests);
  compare('of them scripts', stats.optIn.scriptRequests, scripts.success + scripts.error + scripts.timeout);
  compare('code mode on', Number(Object.values(stats.codeMode)[0]), 1);
  compare('servers up', Object.values(stats.backends).filter(Boolean).length, 2);
  compare('servers down', Object.values(stats.backends).filter((up) => !up).length, 1);
  compare('limits met', stats.limitsMet['wallTimeMs'], scripts.timeout);
}

interface Stats {
  readonly codeMode: Readonly<Record<string, boolean>>;
  readonly scripts: { readonly byStatus: Readonly<Record<string, number>> };
  readonly toolCalls: { readonly script: number; readonly direct: number };
  readonly optIn: { readonly requests: number; readonly scriptRequests: number };
  readonly limitsMet: Readonly<Record<string, number>>;
  readonly backends: Readonly<Record<string, boolean>>;
}

async function comparePrometheus(server: Prometheus, { scripts, calls, requests }: Sent): Promise<void> {
  console.log(`\nPrometheus (promtool: ${await checkRules()}):`);
  const all = scripts.success + scripts.error + scripts.timeout;
  const expected: readonly (readonly [string, string, number])[] = [
    ['scripts', 'sum(toolscript_script_executions_total)', all],
    ['scripts that failed', 'sum(toolscript_script_executions_total{status="error"})', scripts.error],
    ['scripts that timed out', 'sum(toolscript_script_executions_total{status="timeout"})', scripts.timeout],
    ['calls made by scripts', 'sum(toolscript_tool_calls_total{mode="script"})', calls.script],
    ['calls made directly', 'sum(toolscript_tool_calls_total{mode="direct"})', calls.direct],
    ['calls of clients', 'sum(mcp_server_operation_duration_count{mcp_method_name="tools/call"})', requests],
    ["scripts, in ToolHive's words", 'sum(toolhive_vmcp_script_executions_total)', all],
    ['gateways with code mode', 'toolscript:gateways_with_code_mode:share', 1],
    ['servers down', 'count(toolscript_backend_up == 0)', 1],
    ['events that the leaky sink lost', 'sum(toolscript_sink_dropped_total{sink="leaky"})', all],
    ['sinks that lost events', 'count(ALERTS{alertname="ToolscriptEventsDropped"})', 1],
  ];
  for (const [what, expression, wanted] of expected) {
    compare(what, await server.settled(expression, wanted), wanted);
  }
  const { expressions } = await allExpressions();
  const faults = await Promise.all(
    expressions.map(({ text }) =>
      server.query(text).then(
        () => 0,
        () => 1,
      ),
    ),
  );
  compare(
    'expressions that it cannot work out',
    faults.reduce<number>((sum, fault) => sum + fault, 0),
    0,
  );
}

function compare(what: string, shown: number | undefined, sent: number): void {
  const agrees = shown === sent;
  if (!agrees) differences += 1;
  console.log(
    `  ${agrees ? 'ok  ' : 'DIFF'} ${what.padEnd(38)} shown ${String(shown)}, sent ${String(sent)}`,
  );
}
