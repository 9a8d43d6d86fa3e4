import { expect } from 'chai';

import { durationText, readDuration } from '../../../adapters/cli/duration.js';
import { failureReport } from '../../../adapters/cli/failure-report.js';
import { layOut } from '../../../adapters/cli/json-layout.js';
import { printable } from '../../../adapters/cli/terminal.js';
import { timeline, usageLine } from '../../../adapters/cli/timeline.js';
import type { CallRecord, CallTally, Failure, Outcome, Usage } from '../../../core/index.js';
import { PLAIN } from './memory-terminal.js';

const usage: Usage = {
  steps: 12_345,
  memoryBytes: 0,
  toolCalls: 4,
  branches: 4,
  parallelPeak: 2,
  outputBytes: 0,
  logBytes: 0,
  wallTimeMs: 1_000,
  waitMs: 900,
};

const outcome = (calls: readonly CallRecord[], tally: readonly CallTally[] = []): Outcome => ({
  ok: true,
  value: null,
  text: 'null',
  logs: [],
  calls,
  tally,
  usage,
});

const call = (record: Partial<CallRecord>): CallRecord => ({
  tool: 'echo',
  status: 'succeeded',
  startedMs: 0,
  queuedMs: 0,
  ranMs: 500,
  ...record,
});

describe('layOut', () => {
  it('sets out as JSON.stringify does', () => {
    const values = [null, 1, 'x', [], {}, [[]], [{}], { a: [] }, { a: { b: [1, 'two', null, true] }, c: {} }];
    for (const value of values) {
      expect(layOut(JSON.stringify(value))).to.equal(JSON.stringify(value, undefined, 2));
    }
  });

  it('reads no value: digits, order, escapes and marks in strings stay', () => {
    const text = '{"b":12345678901234567890123,"a":1.50,"s":"a\\"b\\\\","m":"{[,:]}","e":"\\u0000"}';
    expect(layOut(text).replace(/\n\s*/g, '').replaceAll(': ', ':')).to.equal(text);
  });

  it('passes over white space that is there already', () => {
    expect(layOut('{ "a" : [ 1 , 2 ] , "b" : [ ] , "c": { } }')).to.equal(
      JSON.stringify({ a: [1, 2], b: [], c: {} }, undefined, 2),
    );
  });

  it('takes a string of megabytes and a deep value', () => {
    const long = JSON.stringify('\\"'.repeat(1_000_000));
    expect(layOut(long)).to.equal(long);
    const deep = '['.repeat(2_000) + '1' + ']'.repeat(2_000);
    expect(layOut(deep).replace(/\s/g, '')).to.equal(deep);
  });
});

describe('durations', () => {
  const texts: readonly (readonly [number, string])[] = [
    [0, '0 ms'],
    [999.4, '999 ms'],
    [999.6, '1.00 s'],
    [1_240, '1.24 s'],
    [12_340, '12.3 s'],
    [59_960, '1 min 0 s'],
    [125_000, '2 min 5 s'],
  ];
  for (const [milliseconds, text] of texts) {
    it(`writes ${milliseconds} as ${text}`, () => expect(durationText(milliseconds)).to.equal(text));
  }

  it('reads a time with its unit, and nothing else', () => {
    expect(['500ms', '30s', '1.5m', '2min', '1h', ' 3 s '].map(readDuration)).to.deep.equal([
      500, 30_000, 90_000, 120_000, 3_600_000, 3_000,
    ]);
    expect(['30', '', 's', '-1s', '1e3s', '1 parsec', '1constructor'].map(readDuration)).to.deep.equal(
      Array(7).fill(undefined),
    );
  });
});

describe('timeline', () => {
  it('draws each call where it ran, and says what became of it', () => {
    const calls = [
      call({ tool: 'read' }),
      call({
        tool: 'write',
        startedMs: 500,
        queuedMs: 250,
        ranMs: 250,
        status: 'failed',
        code: 'tool/failed',
      }),
      call({ tool: 'slow', startedMs: 500, ranMs: 500, status: 'unknown' }),
      call({ tool: 'late', startedMs: 900, queuedMs: 100, ranMs: 0, status: 'unsent' }),
    ];
    expect(timeline(outcome(calls), 65, PLAIN)).to.deep.equal([
      '  read   ▓▓▓▓▓▓▓▓▓▓            500 ms',
      '  write            ░░░░░▓▓▓▓▓  250 ms  (queued 250 ms)  tool/failed',
      '  slow             ▓▓▓▓▓▓▓▓▓▓  500 ms  no answer yet',
      '  late                     ░░  not sent',
    ]);
  });

  it('shows a call of no length, and one at the very end', () => {
    const [first, last] = timeline(
      outcome([call({ ranMs: 0 }), call({ startedMs: 1_000, ranMs: 0 })]),
      65,
      PLAIN,
    );
    expect(first).to.match(/echo {2}▓ +0 ms/);
    expect(last).to.match(/echo {2} +▓ {2}0 ms/);
  });

  it('keeps hostile names short and still', () => {
    const [line = ''] = timeline(outcome([call({ tool: `\u001b[2J${'x'.repeat(500)}` })]), 100, PLAIN);
    expect(line).to.contain('\\u001b[2J');
    expect(line.length).to.be.at.most(100);
  });

  it('draws no more than a hundred calls, and counts all of them', () => {
    const calls = Array(1_000).fill(call({})) as CallRecord[];
    const tally = [{ tool: 'echo', succeeded: 1_200, failed: 3, unknown: 0, unsent: 0 }];
    const lines = timeline(outcome(calls, tally), 80, PLAIN);
    expect(lines).to.have.length(102);
    expect(lines.slice(100)).to.deep.equal(['  … in all:', '  echo: 1200 succeeded, 3 failed']);
  });

  it('sums up', () => {
    expect(usageLine(outcome([]))).to.equal('1.00 s · 12,345 steps · 4 tool calls, 2 at once');
  });
});

describe('failureReport', () => {
  const report = (source: string, error: Failure): string[] =>
    failureReport({ name: 'a.star', source, error }, PLAIN);

  it('shows where, the line, a caret, a hint and the calls', () => {
    const source = 'def f(x):\n\ty = "é" + x\n\nf(3)';
    const error: Failure = {
      code: 'script/runtime',
      message: 'unknown binary op: string + int',
      position: { line: 2, column: 10 },
      hint: 'use str(x)',
      backtrace: [
        { line: 4, column: 2, function: '<toplevel>' },
        { line: 2, column: 10, function: 'f' },
      ],
    };
    expect(report(source, error)).to.deep.equal([
      'a.star:2:10: script/runtime: unknown binary op: string + int',
      '    2 |  y = "é" + x',
      '      |          ^',
      'hint: use str(x)',
      'calls:',
      '  a.star:4:2 in <toplevel>',
      '  a.star:2:10 in f',
    ]);
  });

  it('shows every further fault', () => {
    const error: Failure = {
      code: 'script/name',
      message: 'unknown name a',
      position: { line: 1, column: 1 },
      also: [{ code: 'script/name', message: 'unknown name b', position: { line: 2, column: 1 } }],
    };
    expect(report('a\nb', error).filter((line) => line.startsWith('a.star'))).to.deep.equal([
      'a.star:1:1: script/name: unknown name a',
      'a.star:2:1: script/name: unknown name b',
    ]);
  });

  it('cuts a long line around the caret', () => {
    const source = 'x'.repeat(5_000) + '!' + 'y'.repeat(5_000);
    const error: Failure = { code: 'script/syntax', message: 'm', position: { line: 1, column: 5_001 } };
    const [, line = '', caret = ''] = report(source, error);
    expect(line.length).to.be.below(120);
    expect(line[caret.indexOf('^')]).to.equal('!');
  });

  it('takes a position beyond the text, and none at all', () => {
    const error: Failure = { code: 'limit/wall-time', message: 'm' };
    expect(report('x', error)).to.deep.equal(['a.star: limit/wall-time: m']);
    expect(report('x', { ...error, position: { line: 1, column: 9 } })[2]).to.equal('      |  ^');
    expect(report('x', { ...error, position: { line: 7, column: 1 } })).to.have.length(1);
  });

  it('lets no text steer the terminal', () => {
    const lines = report('"\u001b[31m"', {
      code: 'tool/failed',
      message: 'clear \u001b[2J \u009b2J \u202e',
      position: { line: 1, column: 1 },
      hint: '\u0007',
    });
    expect(lines.join('')).not.to.match(/[\p{Cc}\u202e]/u);
  });
});

describe('printable', () => {
  it('leaves text, tabs and line ends alone', () => {
    expect(printable('a\tb\né 😀')).to.equal('a\tb\né 😀');
    expect(printable('\r\u0000')).to.equal('\\u000d\\u0000');
  });
});
