import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect } from 'chai';

import { READ } from '../../adapters/cli/stats/gateway-stats.js';
import { readPrometheusText, type Sample } from '../../adapters/cli/stats/prometheus-text.js';
import { allExpressions } from '../../docs/examples/observability/expressions.js';
import { Scrape } from '../support/prometheus-text.js';
import { selectorsOf } from './prom-query.js';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let told: string;
let page: string;
let labels: ReadonlyMap<string, ReadonlySet<string>>;

function labelsByMetric(samples: readonly Sample[]): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  for (const { name, labels: of } of samples) {
    const known = found.get(name) ?? new Set<string>();
    for (const label of of.keys()) known.add(label);
    found.set(name, known);
  }
  return found;
}

describe('the observability example', () => {
  // As an operator runs it, on a machine without Prometheus.
  before(async function () {
    this.timeout(120_000);
    folder = await mkdtemp(join(tmpdir(), 'toolscript-observed-'));
    const kept = join(folder, 'page.txt');
    const example = join(root, 'docs/examples/observability/observe.ts');
    const args = ['--import', 'tsx', example, '--without-prometheus', '--page', kept];
    told = (await run(process.execPath, args, { cwd: root })).stdout;
    page = await readFile(kept, 'utf8');
    labels = labelsByMetric(readPrometheusText(page));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('shows the numbers that were sent', () => {
    expect(told).to.contain('\nall numbers agree').and.not.contain('DIFF');
    expect(told.match(/^ {2}ok /gm)).to.have.length(11);
  });

  it('leaves a page that another parser reads as we do', () => {
    const theirs = new Scrape(page);
    const ours = readPrometheusText(page);
    const plain = theirs.names.filter((name) => ['counter', 'gauge'].includes(theirs.type(name)!));
    expect(plain.length).to.be.greaterThan(10);
    for (const name of plain) {
      const values = ours.filter((sample) => sample.name === name).map(({ value }) => value);
      expect(values, name).to.deep.equal(theirs.series(name).map(({ value }) => value));
    }
  });

  it('has in its rules and its dashboard only metrics and labels that a gateway shows', async () => {
    const { expressions, recorded } = await allExpressions();
    expect(expressions.length).to.be.greaterThan(25);
    const known = new Map(labels).set('up', new Set(['job', 'instance']));
    for (const { place, text } of expressions) {
      const { metrics, labels: used } = selectorsOf(text);
      expect(metrics, place).not.to.be.empty;
      const unknown = metrics.filter((name) => !known.has(name) && !recorded.includes(name));
      expect(unknown, place).to.deep.equal([]);
      const there = new Set(metrics.flatMap((name) => [...(known.get(name) ?? [])]));
      expect(
        used.filter((label) => !there.has(label)),
        place,
      ).to.deep.equal([]);
    }
  });

  it('shows what toolscript stats reads', () => {
    const conditional = new Set<string>([READ.savedTokens]);
    const missing = Object.values(READ).filter(
      (name) => !conditional.has(name) && !labels.has(name) && !labels.has(`${name}_bucket`),
    );
    expect(missing).to.deep.equal([]);
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
