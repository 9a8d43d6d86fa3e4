import { expect } from 'chai';
import fc from 'fast-check';

import { MAX_SAMPLES, readPrometheusText } from '../../../../adapters/cli/stats/prometheus-text.js';

function read(page: string): [string, Record<string, string>, number][] {
  return readPrometheusText(page).map(({ name, labels, value }) => [name, Object.fromEntries(labels), value]);
}

describe('the text format of Prometheus', () => {
  it('is read: comments, labels, escapes, timestamps, numbers', () => {
    const page = [
      '# HELP a Words, "quoted" {and} more',
      '# TYPE a counter',
      'a 1',
      'a:b_c{} 2 1700000000000',
      'a{x="1", y="two",} +3e2',
      '  a { x = "1" }\t4\r',
      'a{x="back\\\\slash \\"quote\\" line\\nend, }="} .5',
      'h_bucket{le="+Inf"} +Inf',
      'h -Inf',
      'h NaN',
      '',
      '# EOF',
    ].join('\n');
    expect(read(page)).to.deep.equal([
      ['a', {}, 1],
      ['a:b_c', {}, 2],
      ['a', { x: '1', y: 'two' }, 300],
      ['a', { x: '1' }, 4],
      ['a', { x: 'back\\slash "quote" line\nend, }=' }, 0.5],
      ['h_bucket', { le: '+Inf' }, Number.POSITIVE_INFINITY],
      ['h', {}, Number.NEGATIVE_INFINITY],
      ['h', {}, Number.NaN],
    ]);
    expect(read('')).to.deep.equal([]);
  });

  for (const line of [
    '<!doctype html>',
    '{"json": true}',
    '1a 2',
    'a',
    'a ',
    'a one',
    'a 1 2 3',
    'a 0x10',
    'a 1_000',
    'a{x} 1',
    'a{x="1" 1',
    'a{x="1} 1',
    'a{x="1"y="2"} 1',
    'a{x="1",x="2"} 1',
    'a{x="\\t"} 1',
    'a{"x"="1"} 1',
    'a 1 # {trace="x"} 1',
    `a{x="${'x'.repeat(70_000)}"} 1`,
  ]) {
    it(`refuses ${line.slice(0, 40)}`, () => {
      expect(() => read(`a 1\n\n${line}\n`)).to.throw(SyntaxError, 'line 3 is no sample of a metric');
    });
  }

  it('keeps names of our own kind apart from the host', () => {
    const [sample] = readPrometheusText('a{__proto__="x",constructor="y"} 1');
    expect([...sample!.labels]).to.deep.equal([
      ['__proto__', 'x'],
      ['constructor', 'y'],
    ]);
  });

  it('is bounded', () => {
    expect(() => read('a 1\n'.repeat(MAX_SAMPLES + 1))).to.throw(SyntaxError, 'more than 200000 samples');
  });

  it('gives back any labels and numbers that are written as it wants them', () => {
    const escaped = (text: string): string =>
      text.replace(/[\\"\n]/g, (character) => (character === '\n' ? '\\n' : `\\${character}`));
    const labels = fc.dictionary(
      fc.stringMatching(/^[a-z_][a-z0-9_]{0,8}$/),
      fc.string({ unit: 'grapheme' }),
    );
    fc.assert(
      fc.property(labels, fc.double({ noNaN: true }), (given, value) => {
        const written = Object.entries(given).map(([label, text]) => `${label}="${escaped(text)}"`);
        const [sample] = readPrometheusText(
          `m{${written.join(',')}} ${String(value).replace('Infinity', 'Inf')}`,
        );
        expect([...sample!.labels]).to.deep.equal(Object.entries(given));
        expect(sample!.value).to.equal(value);
      }),
    );
  });

  it('reads or refuses anything else, in no time', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('a_{}="\\n, 1.e+-#\n')) }), (page) => {
        try {
          readPrometheusText(page);
        } catch (problem) {
          expect(problem).to.be.instanceOf(SyntaxError);
        }
      }),
    );
    const used = process.cpuUsage();
    for (const line of [
      `a{x="${'\\\\'.repeat(30_000)}`,
      `a${' '.repeat(60_000)}x`,
      `a{${'x="",'.repeat(9_000)}`,
    ])
      expect(() => read(line)).to.throw(SyntaxError);
    expect(process.cpuUsage(used).user).to.be.lessThan(1_000_000);
  });
});
