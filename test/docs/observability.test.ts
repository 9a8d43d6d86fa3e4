import { readFile } from 'node:fs/promises';

import { expect } from 'chai';

import { createCodeMode } from '../../adapters/library/index.js';
import { READ, type GatewayStats } from '../../adapters/cli/stats/gateway-stats.js';
import { readPrometheusText, type Sample } from '../../adapters/cli/stats/prometheus-text.js';
import type { BackendState, SinkHost, TelemetrySink, ToolDispatcher } from '../../core/index.js';
import { allExpressions } from '../../docs/examples/observability/expressions.js';
import { startExport } from '../../plugins/telemetry/otel-export/index.js';
import { createOtelSink } from '../../plugins/telemetry/otel/index.js';
import { follow } from '../adapters/cli/memory-terminal.js';
import { Scrape } from '../support/prometheus-text.js';
import { selectorsOf } from './prom-query.js';

const caller = { id: 'ann' };

/** Two servers, one of them down, and tools of the other: one answers, one never does. */
const dispatcher: ToolDispatcher = {
  listTools: () => ['echo', 'hang'].map((name) => ({ name, inputSchema: { type: 'object' } })),
  callTool: ({ tool }) =>
    tool === 'hang'
      ? new Promise(() => undefined)
      : Promise.resolve({ content: [{ type: 'text', text: 'x'.repeat(4_000) }] }),
  backends: (): BackendState[] => [
    { name: 'up', up: true, tools: 2, problems: [] },
    { name: 'down', up: false, tools: 0, problems: ['it is gone'] },
  ],
};

/** Says that it fails. */
function leakySink(): TelemetrySink {
  let host: SinkHost | undefined;
  return {
    name: 'leaky',
    attach: (given) => void (host = given),
    record({ name }) {
      if (name !== 'script.finished') return;
      host?.dropped(1, 'it keeps nothing');
      host?.changed(false, 'it keeps nothing');
    },
  };
}

/** What a real composition shows to Prometheus after a real run, and what `toolscript stats` makes of it. */
async function observed(): Promise<{ page: string; stats: string; lastPage: string }> {
  const exported = await startExport({ prometheus: { port: 0 } });
  const sinks = [createOtelSink({ meterProvider: exported.meterProvider, toolhiveNames: true }), leakySink()];
  const codeMode = await createCodeMode({ dispatcher, sinks, limits: { wallTimeMs: 300 } });
  const asked = { caller, method: 'tools/call', transport: 'http' } as const;
  try {
    for (const script of ['echo()\nreturn len(echo())', 'fail("as asked")', 'hang()', 'echo()']) {
      const request = codeMode.openRequest({ ...asked, target: 'execute_tool_script' });
      const outcome = await codeMode.run({ script, caller });
      request?.end({ code: outcome.ok ? 'ok' : outcome.error.code });
    }
    const request = codeMode.openRequest({ ...asked, target: 'echo' });
    await codeMode.callTool('echo', {}, { caller });
    request?.end({ code: 'ok' });
    const url = exported.metricsUrl!;
    const page = await pageOf(url);
    const { out, notes } = await follow(['stats', '--json', '--url', url]);
    expect(notes).to.equal('');
    await codeMode.close();
    return { page, stats: out, lastPage: await pageOf(url) };
  } finally {
    await codeMode.close();
    await exported.close();
  }
}

async function pageOf(url: string): Promise<string> {
  return (await fetch(url)).text();
}

function labelsByMetric(samples: readonly Sample[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { name, labels: of } of samples) {
    const known = found.get(name) ?? new Set<string>();
    for (const label of of.keys()) known.add(label);
    found.set(name, known);
  }
  return found;
}

describe('what a run shows', () => {
  let page: string;
  let stats: string;
  let lastPage: string;
  let shown: Map<string, Set<string>>;
  before(async () => {
    ({ page, stats, lastPage } = await observed());
    shown = labelsByMetric(readPrometheusText(page)).set('up', new Set(['job', 'instance']));
  });

  it('is what toolscript stats tells', () => {
    expect(JSON.parse(stats)).to.deep.include({
      codeMode: { library: true },
      scripts: { total: 4, active: 0, byStatus: { success: 2, error: 1, timeout: 1 }, errorShare: 0.5 },
      toolCalls: { total: 5, script: 4, direct: 1, scriptShare: 0.8 },
      optIn: { requests: 5, scriptRequests: 4, share: 0.8 },
      limitsMet: { wallTimeMs: 1 },
      backends: { up: true, down: false },
    });
    const { lostEvents } = JSON.parse(stats) as GatewayStats;
    expect(lostEvents.bySink['leaky']).to.be.within(1, 4);
  });

  it('counts each lost event once, in the end', () => {
    expect(new Scrape(lastPage).total('toolscript_sink_dropped_total', { sink: 'leaky' })).to.equal(4);
  });

  it('has every metric that toolscript stats reads', () => {
    const missing = Object.values(READ).filter((name) => !shown.has(name) && !shown.has(`${name}_bucket`));
    expect(missing).to.deep.equal([]);
  });

  it('is read by another parser as by ours', () => {
    const theirs = new Scrape(page);
    const ours = readPrometheusText(page);
    const plain = theirs.names.filter((name) => ['counter', 'gauge'].includes(theirs.type(name)!));
    expect(plain.length).to.be.greaterThan(10);
    for (const name of plain) {
      const values = ours.filter((sample) => sample.name === name).map(({ value }) => value);
      expect(values, name).to.deep.equal(theirs.series(name).map(({ value }) => value));
    }
  });

  it('has every metric and label of the rules, the dashboard and the how-to', async () => {
    const { expressions, recorded } = await allExpressions();
    const howTo = await readFile(new URL('../../docs/how-to/measure-adoption.md', import.meta.url), 'utf8');
    const told = [...howTo.matchAll(/`([^`\n]*\w(?:\(|\{)[^`\n]*)`/g)].map(([, text]) => ({
      place: 'how-to',
      text: text!,
    }));
    expect([expressions.length, told.length]).to.satisfy(([of, to]: number[]) => of! > 25 && to! >= 9);
    for (const { place, text } of [...expressions, ...told]) {
      const { metrics, labels } = selectorsOf(text);
      expect(metrics, place).not.to.have.length(0);
      const unknown = metrics.filter((name) => !shown.has(name) && !recorded.includes(name));
      expect(unknown, place).to.deep.equal([]);
      const there = new Set(metrics.flatMap((name) => [...(shown.get(name) ?? [])]));
      expect(
        labels.filter((label) => !there.has(label)),
        place,
      ).to.deep.equal([]);
    }
  });
});

describe('the names in a query', () => {
  it('are told from functions, words, strings and numbers', () => {
    const text =
      'histogram_quantile(0.95, sum by (le, x) (rate(a_b{c="d{e}",f!~"g"}[5m] offset 1h))) / on (y) z:w > 1e3 or up unless v';
    expect(selectorsOf(text)).to.deep.equal({
      metrics: ['a_b', 'z:w', 'up', 'v'],
      labels: ['le', 'x', 'c', 'f', 'y'],
    });
  });
});
