import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import {
  METRICS,
  RUN_STATUSES,
  SPANS,
  TOOLHIVE_METRICS,
  type MetricRow,
} from '../../plugins/telemetry/otel/index.js';

const page = (name: string): string =>
  readFileSync(fileURLToPath(new URL(`../../docs/reference/${name}`, import.meta.url)), 'utf8');

const code = (words: readonly string[]): string => words.map((word) => `\`${word}\``).join(', ') || '–';

const KINDS = {
  counter: 'counter',
  upDownCounter: 'up-down counter',
  histogram: 'histogram',
  observedGauge: 'gauge',
};

function rowOf({ name, kind, unit, attributes, description }: MetricRow): string {
  return `| \`${name}\` | ${KINDS[kind]} | \`${unit}\` | ${code(attributes)} | ${description} |`;
}

describe('the reference of telemetry', () => {
  it('has a row for each metric', () => {
    const rows: readonly MetricRow[] = [...Object.values(METRICS), ...Object.values(TOOLHIVE_METRICS)];
    const told = page('metrics.md').match(/^\| `(?:mcp|toolscript|toolhive)[._].*$/gm);
    expect(told).to.deep.equal(rows.map(rowOf));
  });

  it('names each status of a script', () => {
    const [, section = ''] = /^## How scripts end\n([^#]*)/m.exec(page('metrics.md')) ?? [];
    const told = [...section.matchAll(/^- `(\w+)`: /gm)].map(([, status]) => status);
    expect(told).to.deep.equal([...RUN_STATUSES]);
  });

  it('has a section for each span, with its attributes', () => {
    const told = page('traces.md').match(/^(?:## `.*|The attributes: .*|With `content`: .*)$/gm);
    expect(told).to.deep.equal(
      Object.values(SPANS).flatMap(({ name, attributes, content }) => [
        `## \`${name}\``,
        `The attributes: ${code(attributes)}.`,
        ...(content.length === 0 ? [] : [`With \`content\`: ${code(content)}.`]),
      ]),
    );
  });
});
